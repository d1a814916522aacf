#include "paint/documents.h"

#include <cctype>
#include <utility>

namespace sipdex::test {

using namespace document;

Text marked_up(std::string_view words) {
    Text text;
    std::string plain_words;
    const auto add = [&](Span span) {
        if (!plain_words.empty()) text.spans.push_back({std::exchange(plain_words, "")});
        text.spans.push_back(std::move(span));
    };
    while (!words.empty()) {
        const char mark = words.front();
        const std::size_t end = words.find(mark == '[' ? ']' : mark, 1);
        if ((mark == '`' || mark == '*' || mark == '[') && end != std::string_view::npos) {
            const std::string inner(words.substr(1, end - 1));
            if (mark == '`') add({inner, Span::Style::wire});
            else if (mark == '*') add({inner, Span::Style::strong});
            else add({inner, Span::Style::plain, ToResponse{inner}});
            words.remove_prefix(end + 1);
            continue;
        }
        if (words.starts_with("RFC ") && words.size() > 4 && std::isdigit(static_cast<unsigned char>(words[4]))) {
            std::size_t length = 4;
            while (length < words.size() && std::isdigit(static_cast<unsigned char>(words[length]))) ++length;
            const int number = std::stoi(std::string(words.substr(4, length - 4)));
            std::string section;
            if (words.substr(length).starts_with(" §")) {
                std::size_t last = length + 3;
                while (last < words.size() &&
                       (std::isdigit(static_cast<unsigned char>(words[last])) || words[last] == '.'))
                    ++last;
                if (words[last - 1] == '.') --last;
                section = words.substr(length + 3, last - length - 3);
                length = last;
            }
            add({std::string(words.substr(0, length)), Span::Style::plain, ToRfc{number, section}});
            words.remove_prefix(length);
            continue;
        }
        plain_words += mark;
        words.remove_prefix(1);
    }
    if (!plain_words.empty()) text.spans.push_back({plain_words});
    return text;
}

namespace {

constexpr const char* unwanted =
    "SIP/2.0 607 Unwanted\r\n"
    "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK74b21;rport\r\n"
    "From: \"Alice\" <sip:alice@example.com>;tag=9fxced76sl\r\n"
    "To: <sip:bob@example.net>;tag=314159\r\n"
    "Call-ID: 3848276298220188511@example.com\r\n"
    "CSeq: 1 INVITE\r\n"
    "Contact: "
    "<sip:bob@192.0.2.4:5060;transport=udp;with=a-parameter-that-is-longer-than-one-would-like-it-to-be-on-paper>\r\n"
    "Content-Length: 0\r\n"
    "\r\n";

Ladder unwanted_call() {
    using std::chrono::milliseconds;
    Ladder ladder;
    ladder.parties = {{"Alice", "caller", "192.0.2.1:5060"},
                      {"proxy.example.net", "proxy", "192.0.2.2:5060"},
                      {"Bob", "phone", "192.0.2.4:5060"}};
    ladder.rungs = {
        {0, 1, "INVITE", 0, milliseconds(0), milliseconds(20), false},
        {1, 0, "100 Trying", 100, milliseconds(21), milliseconds(41), false},
        {1, 2, "INVITE", 0, milliseconds(22), std::nullopt, false},
        {1, 2, "INVITE", 0, milliseconds(522), milliseconds(542), true},
        {2, 1, "180 Ringing", 180, milliseconds(700), milliseconds(720), false},
        {2, 2, "marks the call", 0, milliseconds(4000), milliseconds(4000), false},
        {2, 1, "607 Unwanted", 607, milliseconds(4100), milliseconds(4120), false},
        {1, 2, "ACK", 0, milliseconds(4121), milliseconds(4141), false},
        {1, 0, "607 Unwanted", 607, milliseconds(4122), milliseconds(4142), false},
        {0, 1, "ACK", 0, milliseconds(4143), milliseconds(4163), false},
        {0, 2, "OPTIONS", 0, milliseconds(5000), milliseconds(5040), false},
    };
    return ladder;
}

}  // namespace

Document every_block() {
    Document document;
    document.kind = Document::Kind::response;
    document.title = "607 Unwanted";
    document.language = "en";
    document.mastheads = {
        {"607", 607, "Unwanted", document::plain("Unwanted call"), "6xx global failure · RFC 8197 §4"}};
    document.summary = marked_up("The called person has marked this call as unwanted.");
    document.footer = "Sipdex, catalog 2026.1";

    Section glance{"glance", "At a glance", {}, true, false};
    glance.blocks.push_back(
        FactTable{{},
                  {{plain("Produced by"), {plain("the called person’s phone or app")}, false},
                   {plain("Try again?"), {marked_up("no: further calls will *not* be taken either")}, false}}});
    Section causes{"causes", "Typical causes", {}, false, false};
    causes.blocks.push_back(
        Paragraph{marked_up("A phone answers with `607`; compare [603] and RFC 8197 §4."), Paragraph::Role::lead});
    causes.blocks.push_back(
        List{false,
             {{plain("Person"), plain("Somebody pressed a key.")},
              {plain("Policy"), plain("A list in the phone holds the number, and the phone refuses without ringing, "
                                      "which takes more than one line to say.")}}});
    Section steps{"steps", "What to do", {}, false, true};
    steps.blocks.push_back(List{true,
                                {{plain("Agent"), marked_up("Ask which number was shown (`From`).")},
                                 {plain("Engineer"), plain("Look for calls that the customer did not make.")}}});
    steps.blocks.push_back(Callout{Callout::Kind::note, plain("One 607 is no fault.")});
    steps.blocks.push_back(Callout{Callout::Kind::warning, plain("Do not call again from another number.")});
    Text french = plain("Ce texte n’est pas traduit.");
    french.language = "fr";
    Text older = plain("This text is older than its source.");
    older.outdated = true;
    steps.blocks.push_back(Paragraph{french, Paragraph::Role::body});
    steps.blocks.push_back(Paragraph{older, Paragraph::Role::secondary});
    Section exchange{"exchange",
                     "On the wire",
                     {unwanted_call(), Message{"6. Bob → proxy: 607 Unwanted", unwanted, {"Contact"}}},
                     false,
                     false};
    Section pair{"pair", "Beside 603", {}, false, false};
    pair.blocks.push_back(
        FactTable{{wire("607 Unwanted"), wire("603 Decline")},
                  {{plain("Final"), {plain("yes"), plain("yes")}, false},
                   {plain("About"), {plain("the caller"), marked_up("this call, often for a passing reason")}, true}}});
    pair.blocks.push_back(Columns{
        {wire("607 Unwanted"), wire("603 Decline")},
        true,
        {{{plain("Agent"), plain("Stop calling.")}, {plain("Agent"), plain("Call later.")}},
         {{plain("Engineer"), plain("Look at the reputation of the number, for several people may have marked it.")},
          {}}}});
    Tree tree;
    tree.nodes = {
        {"A", plain("Who answered?"), {{plain("a person"), 1}, {plain("a list in the phone"), 2}}, {}},
        {"1",
         plain("The person does not want the call."),
         {},
         {{link("607 Unwanted", ToResponse{"607"}), {plain("unwanted call")}, false, {FactTable::Verdict::no}},
          {plain("Look at"), {wire("From")}, false}}},
        {"B", marked_up("Was it `607`?"), {{plain("yes"), 1, true}, {plain("no"), 3}}, {}},
        {"2",
         plain("The list has turned the call away."),
         {},
         {{link("603 Decline", ToResponse{"603"}),
           {plain("call declined")},
           false,
           {FactTable::Verdict::on_condition}}}}};
    Section way{"tree", "Which is it?", {tree}, false, false};
    document.sections = {causes, glance, steps, exchange, pair, way};
    return document;
}

Document arabic_response() {
    Document document;
    document.kind = Document::Kind::response;
    document.title = "607 Unwanted";
    document.language = "ar";
    document.right_to_left = true;
    document.mastheads = {{"607", 607, "Unwanted", document::plain("مكالمة غير مرغوب فيها"), "فشل عام"}};
    document.summary = {
        {{"الشخص المتصل به لا يريد هذه المكالمة، والرد "}, {"607 Unwanted", Span::Style::wire}, {" نهائي."}},
        {},
        false};
    Section steps{"steps", "ما العمل", {}, false, false};
    steps.blocks.push_back(
        List{true,
             {{plain("الدعم"), plain("اسأل عن الرقم الذي ظهر لدى الشخص المتصل به.")},
              {plain("المهندس"), {{{"ابحث عن "}, {"From", Span::Style::wire}, {" في الرسالة."}}, {}, false}}}});
    steps.blocks.push_back(FactTable{{wire("607 Unwanted"), wire("603 Decline")},
                                     {{plain("نهائي"), {plain("نعم"), plain("نعم")}, false},
                                      {plain("السبب"), {plain("المتصل"), plain("هذه المكالمة")}, true}}});
    Text english = plain("This text is not translated yet.");
    english.language = "en";
    steps.blocks.push_back(Paragraph{english, Paragraph::Role::body});
    document.sections = {steps};
    return document;
}

Document hostile() {
    const std::string attack = "<script>alert(\"x\")</script> & 'y' | `z` [a](http://b) \033[31m \xff\xfe \x01 end";
    Document document;
    document.title = attack;
    document.language = "en\"><script>";
    document.mastheads = {{attack, 999, attack, document::plain(attack), attack}};
    document.summary = plain(attack);
    document.footer = attack;
    Section section{"\"><script>", attack, {}, true, false};
    section.blocks.push_back(Paragraph{wire(attack), Paragraph::Role::body});
    section.blocks.push_back(List{false, {{plain(attack), link(attack, ToRfc{1, "\"'><script>"})}}});
    section.blocks.push_back(FactTable{{plain(attack)}, {{plain(attack), {plain(attack), plain(attack)}, true}}});
    section.blocks.push_back(
        Columns{{plain(attack)}, true, {{{plain(attack), plain(attack)}, {plain(attack), plain(attack)}}}});
    section.blocks.push_back(Message{attack, attack + "\r\n" + attack, {attack, ""}});
    section.blocks.push_back(Callout{Callout::Kind::warning, plain(attack)});
    section.blocks.push_back(Paragraph{plain(std::string(3000, 'W')), Paragraph::Role::body});
    Ladder ladder;
    ladder.parties = {{attack, attack, attack}, {"b", "", ""}};
    ladder.rungs = {{0, 1, attack, 700, {}, std::nullopt, true},
                    {0, 7, "to nobody", 0, {}, {}, false},
                    {1, 1, attack, 0, {}, {}, false}};
    section.blocks.push_back(ladder);
    section.blocks.push_back(Ladder{});
    section.blocks.push_back(List{});
    section.blocks.push_back(FactTable{});
    section.blocks.push_back(Columns{});
    section.blocks.push_back(Message{});
    document.sections = {section};
    return document;
}

}  // namespace sipdex::test
