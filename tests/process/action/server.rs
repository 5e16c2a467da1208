//! A small HTTP server on the loopback, for scripts that ask GitHub.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// What a client asks.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// With what stands behind the question mark.
    pub(crate) path: String,
    pub(crate) authorization: Option<String>,
    pub(crate) body: Vec<u8>,
}

/// Status and body.
pub(crate) type Answer = (u16, Vec<u8>);

/// Serves until the process ends, one connection after the other, and gives the address: `http://127.0.0.1:PORT`.
pub(crate) fn serve(answer: impl Fn(&Request) -> Answer + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it has one");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A client that goes away early is no concern of the server's.
            let _ = handle(stream, &answer);
        }
    });
    format!("http://{address}")
}

fn handle(mut stream: TcpStream, answer: &impl Fn(&Request) -> Answer) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (mut length, mut authorization, mut waits) = (0, None, false);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().unwrap_or(0),
            "authorization" => authorization = Some(value.to_owned()),
            "expect" => waits = true,
            _ => {}
        }
    }
    if waits {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let (status, text) = answer(&Request { method, path, authorization, body });
    write!(stream, "HTTP/1.1 {status} x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", text.len())?;
    stream.write_all(&text)
}
