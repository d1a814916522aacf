// A document is what is shown: sections of blocks, already worded in the reader's language.
//
// Pages write documents; painters show them in a window, on paper, in a terminal or as a file, and
// know nothing but what stands here. A document owns all that it holds.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "document/ladder.h"
#include "document/span.h"

namespace sipdex::document {

struct Paragraph {
    enum class Role { body, lead, secondary };
    Text text;
    Role role = Role::body;
};

// One entry of a list, or one cell of a comparison: "Agent: Ask which number was dialled."
struct Item {
    Text label;  // who acts, or where the fault lies; may be empty
    Text text;
    bool empty() const { return label.empty() && text.empty(); }
};

struct List {
    bool ordered = false;
    std::vector<Item> items;
    bool choices = false;  // each item is one link: the reader is to choose; a window draws buttons
};

// Facts about one subject (no heads, one cell a row) or several (a head for each).
struct FactTable {
    // Whether a cell answers with yes or no: a painter may draw a sign for it, beside the words.
    enum class Verdict { none, yes, no, on_condition };
    struct Row {
        Text label;
        std::vector<Text> cells;             // as many as there are subjects
        bool differs = false;                // the subjects do not agree; painters mark it ≠
        std::vector<Verdict> verdicts = {};  // of the cells, in a row that answers with yes or no
        std::string id = {};                 // "try-again" of an answer at a glance; the same in every language
    };
    std::vector<Text> heads;
    std::vector<Row> rows;
};

// Questions arranged to be followed with a finger: behind each answer stands the next question or an outcome.
struct Tree {
    struct Answer {
        Text text;
        std::size_t to = 0;  // a node
        bool again = false;  // which stands behind an earlier answer already: painters name its mark
    };
    struct Node {
        std::string mark;             // "A" of a question, "1" of an outcome; each once
        Text text;                    // the question, or what the outcome means
        std::vector<Answer> answers;  // none: an outcome
        std::vector<FactTable::Row>
            rows;  // of an outcome: its codes with their verdicts, then where to look; a cell each
    };
    std::vector<Node> nodes;  // one begins at the first
};

// Subjects side by side: a cause beside a cause, a step beside a step.
struct Columns {
    std::vector<Text> heads;
    bool ordered = false;                 // rows are numbered
    std::vector<std::vector<Item>> rows;  // each as long as `heads`; cells may be empty
};

// A SIP message as it stands on the wire.
struct Message {
    std::string title;                // "1. Alice → proxy: INVITE"
    std::string octets;               // CRLF line ends
    std::vector<std::string> marked;  // names of the header fields that matter here
};

struct Callout {
    enum class Kind { note, missing, warning };
    Kind kind = Kind::note;
    Text text;
};

using Block = std::variant<Paragraph, List, FactTable, Columns, Ladder, Message, Callout, Tree>;

struct Section {
    std::string id;  // "causes"; the same in every language
    std::string title;
    std::vector<Block> blocks;
    bool at_a_glance = false;  // the answer itself: painters give it the first place
    bool folded = false;       // depth: a window may show it closed at first
    bool on_new_page = false;  // on paper it begins a page: answers that nobody shall see beside the questions
};

// The head of a page: what the subject is called, in the largest type.
struct Masthead {
    std::string id;  // "607"; painters that link, link it
    int code = 0;
    std::string phrase;  // as on the wire
    Text gloss;          // what it means, in a few words
    std::string remark;  // "6xx global failure · RFC 8197 §4"
};

// A fact for programs: its value is the same in every language, its words are the reader's.
struct Fact {
    std::string subject;  // "607"
    std::string id;       // "retry", "header/Retry-After", "cause/marked"
    std::string value;    // "do-not-retry"; empty where the words are all there is
    Text words;
    std::string source;  // "RFC 3261 §21.6.3"; may be empty
};

struct Document {
    enum class Kind { response, comparison, exchange, call, finding, term, notice };
    Kind kind = Kind::notice;
    std::string title;     // "607 Unwanted", plain
    std::string language;  // BCP 47
    bool right_to_left = false;
    std::vector<Masthead> mastheads;  // one for each code the document is about; none for a notice
    Text summary;
    std::vector<Section> sections;
    std::vector<Fact> facts;  // where somebody asked for them (page/facts.h); what is shown stands in the sections
    std::string footer;       // "Sipdex, catalog 2026.1 · …": what a printed sheet says of its origin
};

bool has_tree(const Document& document);

// The shape that tells a class of responses apart without colour: ○ ✓ ↷ ▲ ■ ⬣ for 1xx to 6xx.
const char* shape_of(int code);

// "✓", "✕", "◐": what answers with yes, no or on a condition; empty for none.
const char* sign_of(FactTable::Verdict verdict);

}  // namespace sipdex::document
