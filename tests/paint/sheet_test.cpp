#include <doctest/doctest.h>

#include <algorithm>
#include <iostream>
#include <regex>
#include <sstream>

#include "paint/booklet.h"
#include "paint/documents.h"
#include "paint/pdf.h"
#include "paint/picture.h"
#include "paint/png.h"
#include "paint/sheet.h"
#include "paint/svg.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::paint;
using sipdex::test::run;
using sipdex::test::TemporaryFolder;

namespace {

bool has(const char* program) {
    if (test::has_program(program)) return true;
    std::cout << "skipped: " << program << " is not installed\n";
    return false;
}

// What a poppler or qpdf command says about a PDF; the file's name takes the place of %.
test::Ran about(const std::string& pdf, std::string command) {
    const TemporaryFolder folder;
    const auto file = folder.write("sheet.pdf", pdf);
    command.replace(command.find('%'), 1, "'" + file.string() + "'");
    return run(command);
}

std::string on_one_line(const std::string& text) {
    std::istringstream in(text);
    std::string line;
    for (std::string word; in >> word;) line += (line.empty() ? "" : " ") + word;
    return line;
}

// Width and height as they stand in the head of a PNG.
std::pair<int, int> size_of_png(const std::string& png) {
    const auto number = [&](std::size_t at) {
        int value = 0;
        for (std::size_t i = at; i < at + 4; ++i) value = value << 8 | static_cast<unsigned char>(png[i]);
        return value;
    };
    return {number(16), number(20)};
}

Options on(Paper paper) {
    Options options;
    options.paper = paper;
    return options;
}

}  // namespace

TEST_CASE("the French sheet of 300 and 607 fits on two pages of A4") {
    Options options = on(Paper::a4);
    options.most_pages = 2;
    CHECK(Sheet(test::french_comparison(), options, Sheet::Flow::pages).pages() == 2);
}

TEST_CASE("a sheet of one page says what it leaves out") {
    if (!has("pdftotext")) return;
    Options options;
    options.most_pages = 1;
    options.words.left_out = [](int items) { return "encore " + std::to_string(items); };
    const std::string file = pdf(test::french_comparison(), options);
    CHECK(about(file, "pdfinfo %").out.find("Pages:           1") != std::string::npos);
    const std::string words = on_one_line(about(file, "pdftotext -layout % -").out);
    CHECK(words.find("encore ") != std::string::npos);
    CHECK(words.find("Différences") != std::string::npos);
}

namespace {

struct Box {
    double left = 0, top = 0, right = 0, bottom = 0;
    std::string word;
};

// Of the sheet's own typefaces, whose boxes are as high as the type is large; those of signs are not.
bool is_word(const std::string& word) {
    return word.size() > 3 && std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

std::vector<Box> boxes_of(const std::string& file) {
    const std::string told = about(file, "pdftotext -bbox % -").out;
    static const std::regex box(
        "xMin=\"([0-9.-]+)\" yMin=\"([0-9.-]+)\" xMax=\"([0-9.-]+)\" yMax=\"([0-9.-]+)\">([^<]*)<");
    std::vector<Box> boxes;
    for (std::sregex_iterator at(told.begin(), told.end(), box), end; at != end; ++at)
        boxes.push_back({std::stod((*at)[1]), std::stod((*at)[2]), std::stod((*at)[3]), std::stod((*at)[4]), (*at)[5]});
    return boxes;
}

}  // namespace

TEST_CASE("on every paper, upright and wide, no word leaves the paper and none is smaller than 7.5 points") {
    if (!has("pdftotext")) return;
    for (const PaperKind& paper : papers())
        for (const bool landscape : {false, true})
            for (const auto& document : {test::french_comparison(), test::every_block(), test::hostile()}) {
                Options options = on(paper.paper);
                options.landscape = landscape;
                options.most_pages = 2;
                CAPTURE(paper.name);
                CAPTURE(landscape);
                CAPTURE(document.title);
                const double width = landscape ? paper.height : paper.width,
                             height = landscape ? paper.width : paper.height;
                double smallest = 100;
                int outside = 0;
                const std::vector<Box> boxes = boxes_of(pdf(document, options));
                for (const Box& box : boxes) {
                    if (box.left < 0 || box.top < 0 || box.right > width + 0.5 || box.bottom > height) {
                        MESSAGE("outside: ", box.word.substr(0, 40), " ", box.left, " ", box.top, " ", box.right);
                        ++outside;
                    }
                    if (is_word(box.word)) smallest = std::min(smallest, box.bottom - box.top);
                }
                CHECK(boxes.size() > 10);
                CHECK(outside == 0);
                CHECK(smallest >= 7.5 * 0.94);  // what stands on the wire looks as large as prose at 94 %
            }
}

TEST_CASE("an organisation's name and picture stand on each page, the date in its foot") {
    if (!has("pdftotext")) return;
    Options options;
    options.letterhead = {"Exemple Télécom", png(test::arabic_response(), {})};
    options.date = "30 novembre 2026";
    options.day = "2026-11-30";
    const std::string file = pdf(test::french_comparison(), options);
    const int pages = Sheet(test::french_comparison(), options, Sheet::Flow::pages).pages();
    REQUIRE(pages > 1);
    for (int page = 1; page <= pages; ++page) {
        const std::string number = std::to_string(page);
        const std::string words = about(file, "pdftotext -f " + number + " -l " + number + " -layout % -").out;
        CHECK(words.find("Exemple Télécom") != std::string::npos);
        CHECK(words.find("30 novembre 2026") != std::string::npos);
    }
    CHECK(about(file, "pdfimages -list %").out.find("image") != std::string::npos);
    CHECK(about(file, "pdfinfo -isodates %").out.find("2026-11-30") != std::string::npos);
    CHECK(pdf(test::french_comparison(), options) == file);
    CHECK_THROWS_AS(Picture("GIF89a"), NotAPicture);
    CHECK_THROWS_AS(Picture(options.letterhead.logo.substr(0, 400)), NotAPicture);
}

TEST_CASE("a stack of sheets folded in the middle reads from page to page") {
    CHECK(folded(8) == std::vector<std::pair<int, int>>{{7, 0}, {1, 6}, {5, 2}, {3, 4}});
    CHECK(folded(5) == std::vector<std::pair<int, int>>{{-1, 0}, {1, -1}, {-1, 2}, {3, 4}});
    CHECK(folded(0).empty());
}

TEST_CASE("the contents of a book name the page on which each chapter begins, and its index the pages of a term") {
    if (!has("pdftotext")) return;
    Book book;
    book.title = "A book";
    book.language = "fr";
    book.indexed = [](const document::Target& target) {
        const auto* response = std::get_if<document::ToResponse>(&target);
        return response ? "Reply " + response->id : std::string();
    };
    for (const auto& document : {test::french_comparison(), test::every_block()})
        book.chapters.push_back({document, document::ToResponse{document.title}, 0, {}});
    for (const bool imposed : {false, true}) {
        const std::string file = booklet(book, on(Paper::a5), imposed);
        CHECK(about(file, "qpdf --check %").code == 0);
        if (imposed) continue;
        const std::string contents = on_one_line(about(file, "pdftotext -l 1 % -").out);
        int found = 0;
        for (int page = 2; page < 20; ++page) {
            const std::string number = std::to_string(page);
            const std::string words = on_one_line(about(file, "pdftotext -f " + number + " -l " + number + " % -").out);
            for (const Book::Chapter& chapter : book.chapters) {
                const bool begins = contents.find(number + " " + chapter.document.title) != std::string::npos;
                if (!begins) continue;
                CHECK(words.find(chapter.document.mastheads.front().phrase) != std::string::npos);
                ++found;
            }
        }
        CHECK(found == 2);
        CHECK(file.find("/Dest") != std::string::npos);
    }
}

TEST_CASE("the same document gives the same PDF") {
    CHECK(pdf(test::french_comparison(), {}) == pdf(test::french_comparison(), {}));
}

TEST_CASE("a PDF gives its words back") {
    if (!has("pdftotext")) return;
    Options options;
    options.most_pages = 2;
    options.words.page_of = [](int page, int pages) {
        return "page " + std::to_string(page) + " sur " + std::to_string(pages);
    };
    const std::string file = pdf(test::french_comparison(), options);
    const std::string words = on_one_line(about(file, "pdftotext -layout % -").out);
    CHECK(on_one_line(about(file, "pdftotext -raw % -").out).find("Comment les distinguer dans une trace") !=
          std::string::npos);
    CHECK(words.find("échec global 6xx · RFC 8197 §4") != std::string::npos);
    CHECK(words.find("= Statut enregistré auprès de l’IANA Finale oui") != std::string::npos);  // said once
    CHECK(words.find("page 1 sur 2") != std::string::npos);
    const std::string raw = on_one_line(about(pdf(test::french_comparison(), {}), "pdftotext % -").out);
    CHECK(
        raw.find(
            "L’appelé a vu le numéro et appuyé sur « indésirable » ou « signaler comme spam » au lieu de répondre.") !=
        std::string::npos);
}

TEST_CASE("a PDF says its title, its language and that it is tagged") {
    if (!has("pdfinfo")) return;
    const std::string file = pdf(test::french_comparison(), {});
    const std::string info = about(file, "pdfinfo %").out;
    CHECK(info.find("300 Multiple Choices et 607 Unwanted") != std::string::npos);
    CHECK(info.find("Tagged:          yes") != std::string::npos);
    CHECK(info.find("A4") != std::string::npos);
    CHECK(file.find("/Lang (fr)") != std::string::npos);
    const std::string structure = about(file, "pdfinfo -struct %").out;
    for (const char* tag : {"Document", "H1", "H2", "Table", "TR", "TH", "TD", "LBody", "Link"}) {
        CAPTURE(tag);
        CHECK(structure.find(tag) != std::string::npos);
    }
    CHECK(about(pdf(test::every_block(), on(Paper::letter)), "pdfinfo %").out.find("612 x 792") != std::string::npos);
}

TEST_CASE("a PDF is sound, also with text in Arabic and text that means harm") {
    if (!has("qpdf")) return;
    for (const auto& document :
         {test::french_comparison(), test::every_block(), test::arabic_response(), test::hostile()}) {
        CAPTURE(document.title);
        const auto checked = about(pdf(document, {}), "qpdf --check %");
        INFO(checked.out << checked.err);
        CHECK(checked.code == 0);
    }
}

TEST_CASE("what a page shows but does not say is an artifact of a PDF: its foot, letterhead and lines") {
    if (!has("qpdf")) return;
    Options options;
    options.letterhead = {"Exemple Télécom", png(test::arabic_response(), {})};
    for (const auto& document : {test::french_comparison(), test::every_block(), test::arabic_response()}) {
        CAPTURE(document.title);
        const std::string file = pdf(document, options);
        CHECK(about(file, "qpdf --check %").code == 0);
        std::istringstream lines(about(file, "qpdf --qdf --object-streams=disable % - | strings -n 1").out);
        int depth = 0, painted = 0, untold = 0, artifacts = 0;
        bool content = false;
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with("1 0 0 -1 0")) content = true;  // Cairo turns each page over
            if (line == "endstream") content = false;
            if (!content) continue;
            std::istringstream words(line);
            for (std::string word; words >> word;) {
                artifacts += word == "/Artifact" ? 1 : 0;
                if (word == "BDC" || word == "BMC") ++depth;
                if (word == "EMC") --depth;
                if (word != "f" && word != "S" && word != "Do" && word != "ET") continue;
                ++painted;
                untold += depth == 0 ? 1 : 0;
            }
        }
        CHECK(depth == 0);
        CHECK(painted > 20);
        CHECK(artifacts > 2);
        CHECK(untold == 0);
    }
}

TEST_CASE("all fonts of a PDF are embedded and their letters can be searched") {
    if (!has("pdffonts")) return;
    const std::string fonts = about(pdf(test::arabic_response(), {}), "pdffonts %").out;
    std::istringstream in(fonts);
    std::string line;
    std::getline(in, line);
    std::getline(in, line);
    int count = 0;
    while (std::getline(in, line)) {
        CAPTURE(line);
        CHECK(line.find(" yes yes yes ") != std::string::npos);
        ++count;
    }
    CHECK(count > 1);
}

TEST_CASE("an RFC named in a sheet is a link to its section") {
    CHECK(pdf(test::every_block(), {}).find("https://www.rfc-editor.org/rfc/rfc8197#section-4") != std::string::npos);
}

TEST_CASE("a table that goes on overleaf repeats its heads") {
    if (!has("pdftotext")) return;
    document::Document document;
    document.title = "Many rows";
    document.language = "en";
    document::FactTable table{{document::wire("486 Busy Here"), document::wire("600 Busy Everywhere")}, {}};
    for (int i = 1; i <= 120; ++i)
        table.rows.push_back({document::plain("Row " + std::to_string(i)),
                              {document::plain("one"), document::plain("two")},
                              i % 3 == 0});
    document.sections = {{"facts", "Facts", {table}, false, false}};
    const std::string file = pdf(document, {});
    const std::string second = about(file, "pdftotext -layout -f 2 -l 2 % -").out;
    CHECK(second.find("600 Busy Everywhere") < second.find("Row "));
    const std::string all = on_one_line(about(file, "pdftotext -layout % -").out);
    for (int i = 1; i <= 120; ++i) CHECK(all.find("Row " + std::to_string(i) + " ") != std::string::npos);
}

namespace {

document::Document ladder_sheet(std::vector<document::Rung> rungs) {
    document::Document document;
    document.title = "Ladder";
    document.language = "en";
    document.sections = {{"ladder",
                          "Messages",
                          {document::Ladder{{{"Alice", "", ""}, {"Bob", "", ""}}, std::move(rungs)}},
                          false,
                          false}};
    return document;
}

// Where the middle of a word stands on the first page, in points from the left; the last of those that are equal.
double middle_of(const std::string& boxes, const std::string& word) {
    const std::regex box("xMin=\"([0-9.]+)\" yMin=\"[0-9.]+\" xMax=\"([0-9.]+)\" yMax=\"[0-9.]+\">" + word + "<");
    double middle = -1;
    for (std::sregex_iterator at(boxes.begin(), boxes.end(), box), end; at != end; ++at)
        middle = (std::stod((*at)[1]) + std::stod((*at)[2])) / 2;
    return middle;
}

}  // namespace

TEST_CASE(
    "in a sheet's ladder a name stands over its lifeline: a message is told halfway between the names of its parties") {
    if (!has("pdftotext")) return;
    using std::chrono::milliseconds;
    const std::string boxes =
        about(pdf(ladder_sheet({{0, 1, "INVITE", 0, milliseconds(0), milliseconds(20), false}}), {}),
              "pdftotext -bbox % -")
            .out;
    CHECK(middle_of(boxes, "INVITE") ==
          doctest::Approx((middle_of(boxes, "Alice") + middle_of(boxes, "Bob")) / 2).epsilon(0.01));
    CHECK(middle_of(boxes, "Alice") < middle_of(boxes, "Bob"));
}

TEST_CASE("a ladder that goes on overleaf names its parties again") {
    if (!has("pdftotext")) return;
    std::vector<document::Rung> rungs;
    for (int i = 0; i < 120; ++i)
        rungs.push_back({0, 1, "OPTIONS", 0, std::chrono::milliseconds(i), std::chrono::milliseconds(i + 1), false});
    const std::string second = about(pdf(ladder_sheet(rungs), {}), "pdftotext -layout -f 2 -l 2 % -").out;
    CHECK(second.find("Alice") < second.find("OPTIONS"));
    CHECK(second.find("Bob") < second.find("OPTIONS"));
}

TEST_CASE("what a party decides by itself is a dot on its lifeline") {
    const auto curves = [](std::size_t to) {
        std::string picture = svg(ladder_sheet({{0, to, "decides", 0, {}, {}, false}}), {});
        picture = picture.substr(picture.find("</defs>"));
        return std::count(picture.begin(), picture.end(), 'C');
    };
    CHECK(curves(0) > curves(1));
}

TEST_CASE("a text longer than a page goes on overleaf without losing a line") {
    if (!has("pdftotext")) return;
    document::Document document;
    document.title = "Long";
    document.language = "en";
    std::string words;
    for (int i = 0; i < 3000; ++i) words += "word" + std::to_string(i) + " ";
    document.sections = {{"a", "A paragraph", {document::Paragraph{document::plain(words)}}, false, false},
                         {"b",
                          "A cell",
                          {document::Columns{{document::plain("x"), document::plain("y")},
                                             false,
                                             {{{{}, document::plain(words)}, {{}, document::plain("short")}}}}},
                          false,
                          false}};
    const std::string all = on_one_line(about(pdf(document, {}), "pdftotext % -").out);
    for (int i = 0; i < 3000; ++i) {
        const std::string word = "word" + std::to_string(i) + " ";
        const std::size_t first = all.find(word);
        CAPTURE(word);
        CHECK(first != std::string::npos);
        CHECK(all.find(word, first + 1) != std::string::npos);
    }
}

TEST_CASE("a heading never stands alone at the end of a page") {
    Arranged strips;
    const auto strip = [](double height, bool keeps_next) {
        Strip one;
        one.height = height;
        one.keeps_next = keeps_next;
        return one;
    };
    strips.strips = {strip(80, false), strip(10, true), strip(20, false)};
    const std::vector<Page> pages = paginated(strips, 100);
    REQUIRE(pages.size() == 2);
    CHECK(pages[0].size() == 1);
    CHECK(pages[1].size() == 2);
    CHECK(paginated(strips, 0).size() == 1);
}

TEST_CASE("without colour a sheet is black, grey and white") {
    Options options;
    options.monochrome = true;
    const std::string picture = svg(test::every_block(), options);
    std::istringstream in(picture);
    int colours = 0;
    for (std::size_t at = picture.find("rgb("); at != std::string::npos; at = picture.find("rgb(", at + 1)) {
        std::string red, green, blue;
        std::istringstream values(picture.substr(at + 4, 60));
        std::getline(values, red, ',');
        std::getline(values, green, ',');
        std::getline(values, blue, ')');
        CHECK(std::stod(red) == doctest::Approx(std::stod(green)));
        CHECK(std::stod(green) == doctest::Approx(std::stod(blue)));
        ++colours;
    }
    CHECK(colours > 3);
}

TEST_CASE("a picture is as wide as the paper at 144 dots an inch and as tall as the text") {
    const std::string small = png(test::arabic_response(), {}), large = png(test::french_comparison(), {});
    CHECK(size_of_png(small).first == 1191);
    CHECK(size_of_png(large).second > size_of_png(small).second);
    CHECK(svg(test::every_block(), {}).find("<svg") != std::string::npos);
}

TEST_CASE("each page of a sheet has its own number, and says how many there are") {
    if (!has("pdftotext")) return;
    Options options;
    options.words.page_of = [](int page, int pages) {
        return "page " + std::to_string(page) + " sur " + std::to_string(pages);
    };
    for (const auto& document : {test::french_comparison(), test::every_block()}) {
        const std::string file = pdf(document, options);
        const int pages = Sheet(document, options, Sheet::Flow::pages).pages();
        for (int page = 1; page <= pages; ++page) {
            const std::string words = on_one_line(
                about(file, "pdftotext -f " + std::to_string(page) + " -l " + std::to_string(page) + " -layout % -")
                    .out);
            const auto at = words.find(" sur " + std::to_string(pages));
            CAPTURE(document.title);
            CAPTURE(words.substr(words.size() > 200 ? words.size() - 200 : 0));
            if (pages > 1)
                CHECK(words.find("page " + std::to_string(page) + " sur " + std::to_string(pages)) !=
                      std::string::npos);
            if (at != std::string::npos)
                CHECK(words.find(" sur " + std::to_string(pages), at + 1) == std::string::npos);
        }
    }
}

TEST_CASE("each entry of a PDF's outline leads to the page that has its title") {
    if (!has("pdftohtml")) return;
    const std::string file = pdf(test::french_comparison(), {});
    const std::string outline = about(file, "pdftohtml -xml -i -stdout %").out;
    static const std::regex item("<item page=\"(\\d+)\">([^<]*)</item>");
    int entries = 0, later = 0;
    for (std::sregex_iterator at(outline.begin(), outline.end(), item), end; at != end; ++at) {
        const std::string page = (*at)[1], title = (*at)[2];
        const std::string words = on_one_line(about(file, "pdftotext -f " + page + " -l " + page + " % -").out);
        CHECK_MESSAGE(words.find(on_one_line(title)) != std::string::npos, title, " is not on page ", page);
        ++entries;
        if (page != "1") ++later;
    }
    CHECK(entries > 3);
    CHECK(later > 0);
}
