#include <doctest/doctest.h>

#include "paint/mermaid.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::document;

namespace {

using std::chrono::milliseconds;

Document lost_answer() {
    Ladder ladder;
    ladder.parties = {{"Alice", "", ""}, {"Bob; <desk> #1", "", ""}};
    ladder.rungs = {{0, 1, "INVITE", 0, milliseconds(0), milliseconds(10), false},
                    {1, 0, "486 Busy Here", 486, milliseconds(20), std::nullopt, false},
                    {1, 0, "486 Busy Here", 486, milliseconds(520), milliseconds(530), true},
                    {0, 7, "to nobody", 0, {}, {}, false}};
    Document page;
    page.title = "486: the answer is lost";
    page.sections.push_back({"ladder", "Ladder", {ladder}, false, false});
    page.sections.push_back({"messages",
                             "Messages",
                             {Message{"1. INVITE", "INVITE", {}}, Paragraph{plain("Alice calls.")},
                              Paragraph{plain("Why.")}, Message{"2. 486", "SIP/2.0 486", {}},
                              Message{"3. 486", "SIP/2.0 486", {}}, Paragraph{plain("Bob: 50 % #2; again.")}},
                             false,
                             false});
    return page;
}

}  // namespace

TEST_CASE("a ladder as a Mermaid sequence diagram: numbered, responses dotted, losses crossed, told in notes") {
    CHECK(paint::mermaid(lost_answer(), {}) == test::picture(R"(
        sequenceDiagram
            title 486: the answer is lost
            autonumber
            participant p1 as Alice
            participant p2 as Bob#59; #60;desk#62; #35;1
            p1->>p2: INVITE
            Note over p1,p2: Alice calls.
            p2--xp1: 486 Busy Here (lost)
            p2-->>p1: 486 Busy Here (sent again)
            Note over p2,p1: Bob: 50 #37; #35;2#59; again.
    )"));
}

TEST_CASE("a document without a ladder is a diagram without messages") {
    Document page;
    page.title = "607 Unwanted";
    CHECK(paint::mermaid(page, {}) == "sequenceDiagram\n    title 607 Unwanted\n");
}
