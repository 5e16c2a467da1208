//! E0xx: files and text.

pub(in crate::spec) const CANNOT_READ: &str = "\
A file or directory that was given cannot be read: it is not there, or its permissions forbid it.

Wrong, if the file is called `desk.crabwalk.yaml`:

    crabwalk matrix desk.yaml

Right:

    crabwalk matrix desk.crabwalk.yaml";

pub(in crate::spec) const NO_SPEC: &str = "\
No spec was found where one was looked for. Without an argument, crabwalk takes the nearest `crabwalk.yaml` from the
current directory up to the root of the repository. In a directory it takes every file that is called `crabwalk.yaml` or
ends in `.crabwalk.yaml` (`.yml` does as well), but none in hidden directories.

Wrong, if `specs/` holds only `desk.yaml`:

    crabwalk matrix specs/

Right:

    mv specs/desk.yaml specs/desk.crabwalk.yaml && crabwalk matrix specs/";

pub(in crate::spec) const NOT_UTF8: &str = "\
A spec is text in UTF-8. The message names the first byte that is not. Often the file was saved in Latin-1 or UTF-16.

Right, for a file in Latin-1:

    iconv -f latin1 -t utf-8 old.yaml > new.yaml";

pub(in crate::spec) const EMPTY_FILE: &str = "\
The file holds nothing, or nothing but comments. A spec has at least its version.

Wrong:

    # agents will come here

Right:

    version: 1";

pub(in crate::spec) const SYNTAX: &str = "\
The text is not YAML, so nothing in the file can be read. Most often a bracket or a quote is not closed, an entry is
indented differently from its neighbours, a tab indents, or a text with `: `, `#`, `*` or `&` in it has no quotes.

Wrong:

    agents: {triage: {tags: [desk}}

Right:

    agents: {triage: {tags: [desk]}}";

pub(in crate::spec) const MANY_DOCUMENTS: &str = "\
One file holds one spec, or one part of a spec. A line `---` begins a second YAML document.

Wrong:

    version: 1
    agents: {triage: }
    ---
    version: 1
    tools: {shell: }

Right: two files, given together or as their directory.

    crabwalk matrix agents.yaml tools.yaml";

pub(in crate::spec) const TOO_MUCH: &str = "\
The text asks for more than a spec can need: lists nested dozens of levels deep, aliases that repeat millions of values,
selectors that make millions of edges or take the same nodes again and again, or a file larger than 1 GiB. It also says how many
mistakes there are beyond the ten thousand that are kept. crabwalk reads specs that strangers propose, so it
refuses these early. Large specs are fine: the limit on values grows with the text.

Wrong:

    a: &a [x, x, x, x, x, x, x, x]
    b: &b [*a, *a, *a, *a, *a, *a, *a, *a]     # and so on

Right: select instead of repeating.

    agents: {auditor: {observe: \"tag:payments\"}}";
