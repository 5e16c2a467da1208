//! Every command as a user types it: what it prints, where, and how it exits. `TRYCMD=overwrite cargo test --test commands`
//! writes what is printed now into the pages.

#[test]
fn commands_print_what_the_pages_say() {
    let cases = trycmd::TestCases::new();
    for name in ["COLUMNS", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"] {
        // What the developer's terminal says must not change what is compared.
        cases.env(name, "");
    }
    cases
        .case("tests/cmd/*.md")
        .case("README.md")
        .case("docs/reading-the-matrix.md")
        .case("docs/review.md")
        .case("docs/scale.md")
        .case("docs/self-check.md")
        .case("docs/what-if.md")
        .case("docs/harden.md")
        .case("docs/respond.md");
}
