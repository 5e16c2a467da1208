//! E0xx: files and text.

pub(crate) const CANNOT_READ: &str = "\
A file or directory that was given cannot be read: it is not there, or its permissions forbid it.

Wrong, if the file is called `desk.crabwalk.yaml`:

    crabwalk matrix desk.yaml

Right:

    crabwalk matrix desk.crabwalk.yaml";

pub(crate) const NO_SPEC: &str = "\
No spec was found where one was looked for. Without an argument, crabwalk takes the specs of the nearest directory that holds one,
from the current directory up to the root of the repository. A spec is called `crabwalk.yaml` or ends in `.crabwalk.yaml` (`.yml`
does as well). In a directory that is named, those below it count too, but none in hidden directories and none that git ignores.

Wrong, if `specs/` holds only `desk.yaml`:

    crabwalk matrix specs/

Right:

    mv specs/desk.yaml specs/desk.crabwalk.yaml && crabwalk matrix specs/";

pub(crate) const NOT_UTF8: &str = "\
A spec is text in UTF-8. The message names the first byte that is not. Often the file was saved in Latin-1 or UTF-16.

Right, for a file in Latin-1:

    iconv -f latin1 -t utf-8 old.yaml > new.yaml";

pub(crate) const EMPTY_FILE: &str = "\
The file holds nothing, or nothing but comments. A spec has at least its version.

Wrong:

    # agents will come here

Right:

    version: 1";

pub(crate) const SYNTAX: &str = "\
The text is not YAML, so nothing in the file can be read. Most often a bracket or a quote is not closed, an entry is
indented differently from its neighbours, a tab indents, or a text with `: `, `#`, `*` or `&` in it has no quotes.

Wrong:

    agents: {triage: {tags: [desk}}

Right:

    agents: {triage: {tags: [desk]}}";

pub(crate) const MANY_DOCUMENTS: &str = "\
One file holds one spec, or one part of a spec. A line `---` begins a second YAML document.

Wrong:

    version: 1
    agents: {triage: }
    ---
    version: 1
    tools: {shell: }

Right: two files, given together or as their directory.

    crabwalk matrix agents.yaml tools.yaml";

pub(crate) const TOO_MUCH: &str = "\
The text asks for more than a spec can need: lists nested dozens of levels deep, aliases that repeat millions of values,
selectors that make millions of edges or take the same nodes again and again, or a file larger than 1 GiB. It also says how many
mistakes there are beyond the ten thousand that are kept. crabwalk reads specs that strangers propose, so it
refuses these early. Large specs are fine: the limit on values grows with the text.

Wrong:

    a: &a [x, x, x, x, x, x, x, x]
    b: &b [*a, *a, *a, *a, *a, *a, *a, *a]     # and so on

Right: select instead of repeating.

    agents: {auditor: {observe: \"tag:payments\"}}";

pub(crate) const TWO_NAMES: &str = "\
Two files stand side by side that differ in `.yaml` and `.yml` alone. One of them is a copy that somebody forgot, or put there so
that the other is not looked at: nobody can know which one is meant.

Wrong:

    ls
    crabwalk.yaml  crabwalk.yml

Right, one of:

    rm crabwalk.yml && crabwalk check

    crabwalk check crabwalk.yml";

pub(crate) const REFUSED_FILE: &str = "\
What was found is not read. A link that stands in a repository may lead to files that git tracks there, and outside of a repository
a link may not leave the directory that was named: whoever proposes a change could otherwise show the files of the machine that
checks it. Devices, and pipes and sockets that lie in a directory, are no specs.

Wrong:

    ln -s ~/agents/fleet.yaml crabwalk.yaml

Right, one of:

    cp ~/agents/fleet.yaml crabwalk.yaml

    crabwalk check ~/agents/fleet.yaml";
