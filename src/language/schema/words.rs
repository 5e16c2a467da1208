//! The closed vocabularies, each word with what it means.
#![expect(dead_code, reason = "the types stand for what is written; only their schema is used")]

use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

/// How private a node's content is. Default: internal.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub(super) enum Sensitivity {
    /// Anyone may see it.
    Public,
    /// Not for strangers, but no secret. The default.
    Internal,
    /// Private.
    Confidential,
    /// Private, and the worst to lose.
    Secret,
}

/// Whether callers meet in one context.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub(super) enum Isolation {
    /// One context: what came in can go out to anyone. The default of agents and general tools.
    Shared,
    /// A fresh context for each caller. The default of other tools.
    PerCall,
}

/// What a guard can stop.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub(super) enum Plane {
    /// An attacker's influence, which travels with content.
    Influence,
    /// A victim's information, which leaks with content.
    Exposure,
}

/// How grave a finding is.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase", transform = off_without_quotes)]
pub(super) enum Level {
    /// It must not land unseen.
    Error,
    /// Worth a second look.
    Warning,
    /// Worth knowing.
    Note,
    /// It is not reported.
    Off,
}

/// Editors that read YAML 1.1 take `off` for `false`.
fn off_without_quotes(schema: &mut Schema) {
    if let Some(Value::Array(words)) = schema.get_mut("oneOf") {
        words.push(json!({ "const": false, "description": "The word off, as YAML 1.1 reads it." }));
    }
}

/// What a node is: one section of the spec for each.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub(super) enum NodeKind {
    /// A model with a context.
    Agent,
    /// Who stands outside the agents.
    Principal,
    /// A function, an API, an MCP server.
    Tool,
    /// What holds content.
    Store,
    /// State that its members share.
    Session,
    /// Content that arrives without being asked for.
    Source,
    /// Where content leaves to the outside.
    Sink,
    /// A secret.
    Credential,
}

/// What one node can get of another.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub(super) enum Way {
    /// Its content can steer or taint the other.
    Influence,
    /// The other's content can come to it.
    Exposure,
    /// It can have the other written, by itself or by whom it steers.
    Write,
    /// It can have the other read.
    Read,
    /// It can have the other invoked.
    Invoke,
    /// It can have the other observed.
    Observe,
}

/// Where content may go between layers.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub(super) enum Flow {
    /// From lower layers to higher ones: what is private does not leak down.
    Up,
    /// From higher layers to lower ones: what is trusted is not tainted from below.
    Down,
}

/// What an acting node does to another.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub(super) enum Verb {
    /// It sends content.
    Write,
    /// It takes content.
    Read,
    /// It calls.
    Invoke,
    /// It sees what goes on inside.
    Observe,
}

/// The role that an invoked node plays for its caller. It changes no flow.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub(super) enum Role {
    /// Gives advice. Not logged unless the spec says so.
    Advisor,
    /// Judges what the caller made.
    Grader,
    /// Takes the conversation over.
    Handoff,
    /// Does a part of the work.
    Delegate,
    /// Holds what the reader is told to be. Only under read.
    Definition,
}

/// What a principal is. Needed to invoke it.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub(super) enum PrincipalKind {
    /// A person: reads results, gives orders, answers when asked.
    Human,
    /// A role that others assume; whoever invokes it may do what it may do.
    IamRole,
    /// A key that others use; whoever invokes it may do what it may do.
    ApiKey,
    /// A program outside the topology. It relays what comes in.
    Service,
}

/// What a store is. Default: memory.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub(super) enum StoreKind {
    /// Memory of agents. The default.
    Memory,
    /// A file.
    File,
    /// A database.
    Database,
    /// A queue of messages.
    Queue,
    /// A repository of code or documents.
    Repository,
    /// Scratch space that does not outlive its session, unless it says so.
    Sandbox,
}

/// How the content of a source arrives.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub(super) enum SourceKind {
    /// Mails.
    Email,
    /// Calls from other systems.
    Webhook,
    /// Files that someone uploads.
    Upload,
    /// Messages in a chat.
    Chat,
    /// A feed.
    Feed,
    /// Pages of the web that are pushed. What fetches pages is a tool.
    Web,
}

/// What a credential is.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub(super) enum CredentialKind {
    /// OAuth to an MCP server.
    McpOauth,
    /// A bearer token that does not change.
    StaticBearer,
    /// A secret in an environment variable.
    EnvironmentVariable,
    /// An API key.
    ApiKey,
    /// The credentials of a role.
    IamRole,
}

/// How a credential is renewed.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub(super) enum Refresh {
    /// Not at all.
    None,
    /// By itself, in the background.
    Background,
}

/// What agents that this one starts get.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub(super) enum Spawns {
    /// Whatever this one has.
    Inherit,
}
