#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "paint/csv.h"
#include "paint/documents.h"
#include "paint/formats.h"
#include "paint/html.h"
#include "paint/json.h"
#include "paint/markdown.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::paint;
using sipdex::test::difference_from_expected;

namespace {

int count_of(const std::string& text, const std::string& word) {
    int count = 0;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
    return count;
}

}  // namespace

TEST_CASE("the French comparison as HTML") {
    CHECK(difference_from_expected("paint/300-607.fr.html", html(test::french_comparison(), {})) == "");
}

TEST_CASE("every kind of block as HTML") {
    CHECK(difference_from_expected("paint/607.en.html", html(test::every_block(), {})) == "");
}

TEST_CASE("an Arabic page says its language and direction, and isolates what stands on the wire") {
    const std::string page = html(test::arabic_response(), {});
    CHECK(page.find("<html lang=\"ar\" dir=\"rtl\">") != std::string::npos);
    CHECK(page.find("unicode-bidi:isolate") != std::string::npos);
    CHECK(page.find("<span lang=\"en\" dir=\"auto\">This text is not translated yet.</span>") != std::string::npos);
}

TEST_CASE("HTML carries no script and no attribute that a text brought along") {
    const std::string page = html(test::hostile(), {});
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find("javascript:") == std::string::npos);
    CHECK(page.find("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;") != std::string::npos);
    CHECK(page.find("id=\"&quot;&gt;&lt;script&gt;\"") != std::string::npos);
    for (char control = 1; control < 9; ++control) CHECK(page.find(control) == std::string::npos);
}

TEST_CASE("every element of an HTML page that opens closes") {
    for (const std::string& page : {html(test::every_block(), {}), html(test::hostile(), {})})
        for (const char* tag : {"table", "tr", "td", "ul", "ol", "li", "section", "div", "figure", "svg", "g", "pre",
                                "code", "a", "bdi"}) {
            CAPTURE(tag);
            CHECK(count_of(page, std::string("<") + tag + ">") + count_of(page, std::string("<") + tag + " ") ==
                  count_of(page, std::string("</") + tag + ">"));
        }
}

TEST_CASE("the French comparison and every kind of block as Markdown") {
    CHECK(difference_from_expected("paint/300-607.fr.md", markdown(test::french_comparison(), {})) == "");
    CHECK(difference_from_expected("paint/607.en.md", markdown(test::every_block(), {})) == "");
}

TEST_CASE("Markdown escapes what it would take for markup, and no cell ends early") {
    const std::string page = markdown(test::hostile(), {});
    CHECK(page.find("\n# \\<script\\>alert") == std::string::npos);  // only the first line is a title
    CHECK(page.starts_with("# \\<script\\>"));
    CHECK(page.find("\\[a\\](http://b)") != std::string::npos);
}

TEST_CASE("JSON gives codes, title, language and sections by their promised names") {
    const auto json = nlohmann::json::parse(paint::json(test::every_block(), {}));
    CHECK(json["codes"] == nlohmann::json{607});
    CHECK(json["title"] == "607 Unwanted");
    CHECK(json["language"] == "en");
    const auto& sections = json["sections"];
    REQUIRE(sections.size() == 6);
    CHECK(sections[0]["id"] == "glance");  // the answer itself comes first
    CHECK(sections[0]["rows"][0] == nlohmann::json{{"label", "Produced by"},
                                                   {"cells", {"the called person’s phone or app"}},
                                                   {"differs", false}});
    CHECK(sections[1]["text"] == "A phone answers with 607; compare 603 and RFC 8197 §4.");
    CHECK(sections[1]["items"][0] == nlohmann::json{{"label", "Person"}, {"text", "Somebody pressed a key."}});
    CHECK(difference_from_expected("paint/607.en.json", paint::json(test::every_block(), {})) == "");
}

TEST_CASE("a comparison as JSON has one cell for each code in every row") {
    const auto json = json_of(test::french_comparison());
    CHECK(json["codes"] == nlohmann::ordered_json{300, 607});
    int rows = 0;
    for (const auto& section : json["sections"])
        if (section.contains("rows"))
            for (const auto& row : section["rows"]) {
                CHECK(row["cells"].size() == 2);
                ++rows;
            }
    CHECK(rows > 20);
}

TEST_CASE("JSON holds hostile text as text") {
    const auto json = nlohmann::json::parse(paint::json(test::hostile(), {}));
    CHECK(std::string(json["title"]).starts_with("<script>alert(\"x\")"));
}

TEST_CASE("no cell of a table is a formula, whatever was pasted, and cells with commas, quotes and breaks stay whole") {
    document::Document page;
    page.sections = {{"pasted", "Pasted", {}, false, false}};
    document::List list;
    for (const char* words :
         {"=1+1", "+1", "-1", "@SUM(A1)", "  =cmd|' /C calc'!A0", "a, \"b\"\r\nc", "＝1", "plain - words"})
        list.items.push_back({{}, document::plain(words)});
    page.sections.front().blocks = {list};
    CHECK(csv(page, {}) ==
          "code,fact,value,words,source\r\n"
          ",pasted,,'=1+1,\r\n"
          ",pasted,,'+1,\r\n"
          ",pasted,,'-1,\r\n"
          ",pasted,,'@SUM(A1),\r\n"
          ",pasted,,'  =cmd|' /C calc'!A0,\r\n"
          ",pasted,,\"a, \"\"b\"\"\nc\",\r\n"
          ",pasted,,'＝1,\r\n"
          ",pasted,,plain - words,\r\n");
}

TEST_CASE("a table of facts gives each its code, value, words and source") {
    document::Document page;
    page.language = "fr";
    page.facts = {{"607", "retry", "do-not-retry", document::plain("Non"), "RFC 3261 §21.6.3"}};
    page.sections = {{"causes", "Causes", {document::Paragraph{document::plain("not a fact")}}, false, false},
                     {"desk-notes", "Notes", {document::Paragraph{document::plain("ours")}}, false, false}};
    CHECK(csv(page, {}) ==
          "code,fact,value,words,source\r\n"
          "607,retry,do-not-retry,Non,RFC 3261 §21.6.3\r\n"
          ",desk-notes,,ours,\r\n");
}

TEST_CASE("a format is found by its name and by the name of a file") {
    CHECK(format_named("PDF")->media_type == "application/pdf");
    CHECK(format_named("docx") == nullptr);
    CHECK(format_for_file("/home/me/300 et 607.HTML")->name == "html");
    CHECK(format_for_file("notes.txt")->name == "text");
    CHECK(format_for_file("/home/me.pdf/noextension") == nullptr);
}

TEST_CASE("every format paints every document") {
    for (const Format& format : formats()) {
        CAPTURE(format.name);
        for (const auto& document :
             {test::french_comparison(), test::every_block(), test::arabic_response(), test::hostile()}) {
            CAPTURE(document.title);
            CHECK(format.paint(document, {}).size() > 100);
        }
        CHECK_NOTHROW(format.paint({}, {}));
    }
}
