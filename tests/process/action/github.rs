//! As much of GitHub as the action asks for: comments of a pull request, whose token it is, and releases.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::{Value, json};

use super::server::{Answer, Request, serve};

pub(crate) const TOKEN: &str = "token-that-nobody-may-see";
pub(crate) const BOT: &str = "github-actions[bot]";

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Comment {
    pub(crate) id: usize,
    pub(crate) author: String,
    pub(crate) body: String,
}

/// What is there, and what was asked.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) comments: Vec<Comment>,
    /// The status that whoever writes is given, in place of a success.
    pub(crate) refuses_writes: Option<u16>,
    /// The status that whoever lists comments is given.
    pub(crate) refuses_reads: Option<u16>,
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// Method and path of every call, in their order.
    pub(crate) asked: Vec<String>,
}

/// A running one.
pub(crate) struct GitHub {
    pub(crate) url: String,
    state: Arc<Mutex<State>>,
}

impl GitHub {
    pub(crate) fn start() -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        let url = serve(move |request| answer(&mut shared.lock().expect("no test panics in it"), request));
        Self { url, state }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no test panics in it")
    }

    /// Adds a comment, as somebody would.
    pub(crate) fn comment(&self, author: &str, body: &str) {
        let mut state = self.state();
        let id = 1000 + state.comments.len();
        state.comments.push(Comment { id, author: author.to_owned(), body: body.to_owned() });
    }

    /// The comments of an author.
    pub(crate) fn comments_of(&self, author: &str) -> Vec<Comment> {
        self.state().comments.iter().filter(|comment| comment.author == author).cloned().collect()
    }
}

fn answer(state: &mut State, request: &Request) -> Answer {
    state.asked.push(format!("{} {}", request.method, request.path));
    if let Some(file) = state.files.get(&request.path) {
        return (200, file.clone());
    }
    if request.authorization.as_deref() != Some(&format!("Bearer {TOKEN}")) {
        return said(401, &json!({"message": "Requires authentication"}));
    }
    let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
    match (request.method.as_str(), path) {
        ("POST", "/graphql") => said(200, &json!({"data": {"viewer": {"login": BOT}}})),
        ("GET", "/repos/acme/agents/issues/7/comments") => listed(state, query),
        ("POST", "/repos/acme/agents/issues/7/comments") => written(state, None, request),
        ("PATCH", path) => {
            let id = path.strip_prefix("/repos/acme/agents/issues/comments/").and_then(|id| id.parse().ok());
            written(state, id, request)
        }
        _ => said(404, &json!({"message": "Not Found"})),
    }
}

fn said(status: u16, value: &Value) -> Answer {
    (status, value.to_string().into_bytes())
}

fn shown(comment: &Comment) -> Value {
    json!({
        "id": comment.id,
        "html_url": format!("https://github.com/acme/agents/pull/7#issuecomment-{}", comment.id),
        "user": {"login": comment.author},
        "body": comment.body,
    })
}

fn listed(state: &State, query: &str) -> Answer {
    if let Some(status) = state.refuses_reads {
        return said(status, &json!({"message": "no"}));
    }
    let number = |name: &str| {
        let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        value.and_then(|value| value.parse::<usize>().ok()).expect("the page is named")
    };
    let (size, page) = (number("per_page"), number("page"));
    let page: Vec<Value> = state.comments.iter().skip(size * (page - 1)).take(size).map(shown).collect();
    said(200, &Value::from(page))
}

/// Creates a comment, or changes the one with this id.
fn written(state: &mut State, id: Option<usize>, request: &Request) -> Answer {
    if let Some(status) = state.refuses_writes {
        return said(status, &json!({"message": "Resource not accessible by integration"}));
    }
    let body: Value = serde_json::from_slice(&request.body).expect("a body is JSON");
    let body = body["body"].as_str().expect("it has a text").to_owned();
    if let Some(id) = id {
        let Some(comment) = state.comments.iter_mut().find(|comment| comment.id == id) else {
            return said(404, &json!({"message": "Not Found"}));
        };
        comment.body = body;
        return said(200, &shown(comment));
    }
    let comment = Comment { id: 1000 + state.comments.len(), author: BOT.to_owned(), body };
    state.comments.push(comment.clone());
    said(201, &shown(&comment))
}
