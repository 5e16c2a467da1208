//! Each rule of the threat model by a spec that has it, the same spec with the smallest fix, and a near miss: memory, sessions,
//! advisor, grader, webhook, credential, principal.

use crate::support::threats;
use crate::support::threats::{Case, hold};
use crabwalk::model::Rule;

#[test]
fn memory() {
    hold(&[
        Case {
            rule: Rule::PoisonedMemory,
            has: "sources: {inbox: {kind: email}}
agents:
  intake: {read: inbox, write: notes}
  planner: {read: notes}
stores: {notes: {revocation: purge by author}}",
            fixed: "sources: {inbox: {kind: email}}
agents:
  intake: {read: inbox, write: {target: notes, guards: [typed-output, quarantine, human-approval]}}
  planner: {read: notes}
stores: {notes: {revocation: purge by author}}",
            // A person reads it, and nothing that does as it is told.
            near: "sources: {inbox: {kind: email}}
agents: {intake: {read: inbox, write: notes}}
principals: {desk: {kind: human, read: notes}}
stores: {notes: {revocation: purge by author}}",
        },
        Case {
            rule: Rule::PoisonedMemory,
            has: "zones: {low: , high: }
sources: {inbox: {kind: email, zone: low}}
agents:
  intake: {read: inbox, write: notes, zone: low}
  planner: {read: notes, zone: high}
stores: {notes: {revocation: purge by author}}",
            fixed: "zones: {low: , high: }
sources: {inbox: {kind: email, zone: low}}
agents:
  intake: {read: inbox, zone: low}
  planner: {read: notes, zone: high}
stores: {notes: {revocation: purge by author}}
principals: {desk: {kind: human, zone: high, write: notes}}",
            // The reader is no more trusted than the sender.
            near: "zones: {low: , high: }
sources: {inbox: {kind: email, zone: low}}
agents:
  intake: {read: inbox, write: notes, zone: low}
  planner: {read: notes, zone: low}
stores: {notes: {revocation: purge by author}}",
        },
        Case {
            rule: Rule::UnpurgeableStore,
            has: "sources: {inbox: {kind: email}}
agents: {intake: {read: [inbox, notes], write: notes}}
stores: {notes: {versioned: true, retention: 90 days}}",
            fixed: "sources: {inbox: {kind: email}}
agents: {intake: {read: [inbox, notes], write: notes}}
stores: {notes: {versioned: true, retention: 90 days, revocation: roll back to the last clean version}}",
            // It does not outlive the session.
            near: "sources: {inbox: {kind: email}}
agents: {intake: {read: [inbox, notes], write: notes}}
stores: {notes: {kind: sandbox}}",
        },
        Case {
            rule: Rule::MemoryAcrossZones,
            has: "zones: {low: , high: }
agents: {below: {zone: low, write: notes}, above: {zone: high, read: notes}}
stores: {notes: }",
            fixed: "zones: {low: , high: }
agents: {below: {zone: low, write: notes}, above: {zone: high, read: {target: notes, guards: typed-output}}}
stores: {notes: }",
            // Content goes down.
            near: "zones: {low: , high: }
agents: {below: {zone: low, read: notes}, above: {zone: high, write: notes}}
stores: {notes: }",
        },
        Case {
            rule: Rule::EditableDefinition,
            has: "zones: {low: , high: }
agents:
  coder: {zone: low, write: prompts}
  lead: {zone: high, read: {target: prompts, as: definition}}
stores: {prompts: {kind: repository, zone: high}}",
            fixed: "zones: {low: , high: }
agents:
  coder: {zone: low}
  lead: {zone: high, read: {target: prompts, as: definition}, write: prompts}
stores: {prompts: {kind: repository, zone: high}}",
            // What it reads is content, and no definition.
            near: "zones: {low: , high: }
agents:
  coder: {zone: low, write: prompts}
  lead: {zone: high, read: prompts}
stores: {prompts: {kind: repository, zone: high}}",
        },
    ]);
}

#[test]
fn sessions() {
    hold(&[
        Case {
            rule: Rule::MixedSession,
            has: "zones: {low: , high: }
agents: {one: {zone: low}, other: {zone: high}}
sessions: {room: {members: [one, other]}}",
            fixed: "zones: {low: }
agents: {one: {zone: low}, other: {zone: low}}
sessions: {room: {members: [one, other]}}",
            // A member without a zone is not ranked.
            near: "zones: {low: , high: }
agents: {one: {zone: low}, other: }
sessions: {room: {members: [one, other]}}",
        },
        Case {
            rule: Rule::MixedSession,
            has: "zones: {low: , high: }
agents: {one: {zone: low, write: box}, other: {zone: high, read: box}}
stores: {box: {kind: sandbox}}",
            fixed: "zones: {low: , high: }
agents: {one: {zone: low, write: box}, other: {zone: high, read: {target: box, guards: quarantine}}}
stores: {box: {kind: sandbox}}",
            near: "zones: {low: , high: }
agents: {one: {zone: low, read: box}, other: {zone: high, write: box}}
stores: {box: {kind: sandbox}}",
        },
        Case {
            rule: Rule::IsolationUndone,
            has: "agents:
  one: {invoke: worker}
  other: {invoke: worker}
  worker: {isolation: per-call}
sessions: {room: {members: [worker], sandbox: true}}",
            fixed: "agents:
  one: {invoke: worker}
  other: {invoke: worker}
  worker: {isolation: shared}
sessions: {room: {members: [worker], sandbox: true}}",
            // One caller alone: nobody else to come back to.
            near: "agents:
  one: {invoke: worker}
  worker: {isolation: per-call}
sessions: {room: {members: [worker], sandbox: true}}",
        },
    ]);
}

#[test]
fn advisor_and_grader() {
    hold(&[
        Case {
            rule: Rule::UnloggedAdvice,
            has: "agents: {worker: {invoke: {target: sage, as: advisor}}, sage: }",
            fixed: "agents: {worker: {invoke: {target: sage, as: advisor, logged: true}}, sage: }",
            // Nothing comes back: there is no advice.
            near: "agents: {worker: {invoke: {target: sage, as: advisor, returns: false}}, sage: }",
        },
        Case {
            rule: Rule::FedAdvisor,
            has: "sources: {inbox: {kind: email}}
agents: {worker: {read: inbox, invoke: {target: sage, as: advisor, logged: true}}, sage: }",
            fixed: "sources: {inbox: {kind: email}}
agents:
  worker: {read: inbox, invoke: {target: sage, as: advisor, logged: true, guards: quarantine, returns: {guards: typed-output}}}
  sage: ",
            // A callee that is no advisor.
            near: "sources: {inbox: {kind: email}}
agents: {worker: {read: inbox, invoke: sage}, sage: }",
        },
        Case {
            rule: Rule::SteeredGrader,
            has: "agents: {worker: {invoke: {target: judge, as: grader, returns: {guards: typed-output}}}, judge: }",
            fixed: "agents:
  worker: {invoke: {target: judge, as: grader, guards: quarantine, returns: {guards: typed-output}}}
  judge: ",
            // Delegation is not grading.
            near: "agents: {worker: {invoke: {target: judge, as: delegate, returns: {guards: typed-output}}}, judge: }",
        },
        Case {
            rule: Rule::SteeredGrader,
            // The work comes guarded, and its source comes to the grader all the same.
            has: "sources: {inbox: {kind: email}}
agents:
  worker: {read: inbox, invoke: {target: judge, as: grader, guards: quarantine, returns: {guards: typed-output}}}
  judge: {read: inbox}",
            fixed: "sources: {inbox: {kind: email}}
agents:
  worker: {read: inbox, invoke: {target: judge, as: grader, guards: quarantine, returns: {guards: typed-output}}}
  judge: ",
            // Another source than the worker's.
            near: "sources: {inbox: {kind: email}, other: {kind: email}}
agents:
  worker: {read: inbox, invoke: {target: judge, as: grader, guards: quarantine, returns: {guards: typed-output}}}
  judge: {read: other}",
        },
        Case {
            rule: Rule::GraderLoop,
            has: "agents: {worker: {invoke: {target: judge, as: grader}}, judge: }",
            fixed: "agents: {worker: {invoke: {target: judge, as: grader, returns: {guards: typed-output}}}, judge: }",
            // Redaction holds secrets back, and no orders.
            near: "agents: {worker: {invoke: {target: judge, as: grader, returns: false}}, judge: }",
        },
    ]);
    // A guard that stops no influence does not break it.
    let redacted =
        "agents: {worker: {invoke: {target: judge, as: grader, returns: {guards: redaction}}}, judge: }";
    assert!(threats::rules(redacted).contains(&Rule::GraderLoop));
}

#[test]
fn webhooks() {
    hold(&[
        Case {
            rule: Rule::UnsignedWebhook,
            has: "sources: {hook: {kind: webhook}}
agents: {intake: {read: hook}}",
            fixed: "sources: {hook: {kind: webhook, controls: {signature: true}}}
agents: {intake: {read: hook}}",
            // Nobody listens.
            near: "sources: {hook: {kind: webhook}}
agents: {intake: }",
        },
        Case {
            rule: Rule::WebhookControls,
            has: "sources: {hook: {kind: webhook, controls: {signature: true, replay_window: 5m}}}
agents: {intake: {read: hook}}",
            fixed: "sources:
  hook:
    kind: webhook
    controls: {signature: true, replay_window: 5m, payload_limit: 64 kB, ssrf_defense: true, idempotency: event id}
agents: {intake: {read: hook}}",
            // Mail has none of them.
            near: "sources: {inbox: {kind: email}}
agents: {intake: {read: inbox}}",
        },
    ]);
    // It says that it is trusted; without a signature nobody knows whose it is.
    let trusting = "sources: {hook: {kind: webhook, untrusted: false}}
agents: {intake: {read: hook, critical: true}}";
    assert!(threats::rules(trusting).contains(&Rule::OpenToUntrusted));
    let switched_off = "sources: {hook: {kind: webhook, controls: {signature: false}}}
agents: {intake: {read: hook}}";
    assert!(threats::rules(switched_off).contains(&Rule::UnsignedWebhook));
}

#[test]
fn credentials() {
    hold(&[
        Case {
            rule: Rule::UnrevocableRefresh,
            has: "sources: {inbox: {kind: email}}
agents: {worker: {read: inbox, invoke: token}}
tools: {api: }
credentials: {token: {kind: mcp_oauth, opens: api, refresh: background}}",
            fixed: "sources: {inbox: {kind: email}}
agents: {worker: {read: inbox, invoke: token}}
tools: {api: }
credentials: {token: {kind: mcp_oauth, opens: api, refresh: background, revocation: archive it and revoke the grant}}",
            // Nothing untrusted comes near it.
            near: "agents: {worker: {invoke: token}}
tools: {api: }
credentials: {token: {kind: mcp_oauth, opens: api, refresh: background}}",
        },
        Case {
            rule: Rule::SpreadingSecret,
            has: "agents: {worker: {read: key, write: notes}}
tools: {api: }
stores: {notes: }
credentials: {key: {kind: api_key, opens: api}}",
            fixed: "agents: {worker: {invoke: key, write: notes}}
tools: {api: }
stores: {notes: }
credentials: {key: {kind: api_key, opens: api}}",
            // Who reads it may know it.
            near: "agents: {worker: {read: key}}
tools: {api: }
credentials: {key: {kind: api_key, opens: api}}",
        },
        Case {
            rule: Rule::BroadCredential,
            has: "agents: {worker: {invoke: [key, mail]}, clerk: {invoke: pay}}
tools: {mail: , pay: }
credentials: {key: {kind: api_key, opens: [mail, pay]}}",
            fixed: "agents: {worker: {invoke: [key, mail]}, clerk: {invoke: pay}}
tools: {mail: , pay: }
credentials: {key: {kind: api_key, opens: mail}}",
            // What its holders use is not declared at all.
            near: "agents: {worker: {invoke: key}}
tools: {mail: , pay: }
credentials: {key: {kind: api_key, opens: [mail, pay]}}",
        },
    ]);
}

#[test]
fn principals() {
    hold(&[
        Case {
            rule: Rule::SharedScope,
            has: "agents: {one: , other: }
principals:
  role: {kind: iam-role, scope: 'workspace:main', invoke: [one, other]}
  desk: {kind: human, invoke: other}",
            fixed: "agents: {one: , other: }
principals:
  role: {kind: iam-role, scope: 'workspace:main', invoke: one}
  desk: {kind: human, invoke: other}",
            // Two workspaces, an agent in each.
            near: "agents: {one: , other: }
principals:
  role: {kind: iam-role, scope: 'workspace:main', invoke: one}
  second: {kind: iam-role, scope: 'workspace:side', invoke: other}",
        },
        Case {
            rule: Rule::WildcardActions,
            has: "agents: {one: }
principals: {role: {kind: iam-role, invoke: one, actions: [GetSession, 'Create*']}}",
            fixed: "agents: {one: }
principals: {role: {kind: iam-role, invoke: one, actions: [GetSession, CreateSession]}}",
            near: "agents: {one: }
principals: {role: {kind: human, invoke: one, actions: ['*']}}",
        },
        Case {
            rule: Rule::ReadOnlyMemory,
            has: "agents: {one: {write: notes, read: notes}}
principals: {auditor: {kind: iam-role, actions: [ListSessions, GetMemoryStore], read: notes}}
stores: {notes: }",
            fixed: "agents: {one: {write: notes, read: notes}}
principals: {auditor: {kind: iam-role, actions: [ListSessions]}}
stores: {notes: }",
            // It can change things, so that nobody takes it for harmless.
            near: "agents: {one: {write: notes, read: notes}}
principals: {auditor: {kind: iam-role, actions: [UpdateMemoryStore, GetMemoryStore], read: notes}}
stores: {notes: }",
        },
    ]);
    // Two roles of one workspace: each can come to what the other is for.
    let two = "agents: {one: , other: }
principals:
  role: {kind: iam-role, scope: 'workspace:main', invoke: one}
  second: {kind: iam-role, scope: 'workspace:main', invoke: other}";
    let found = threats::findings(two);
    assert_eq!(found.iter().filter(|finding| finding.rule == Rule::SharedScope).count(), 2);
}
