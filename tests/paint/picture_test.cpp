// Logos as people have them: PNG, JPEG and SVG, what only looks like one, and what becomes of them on a sheet.
#include <doctest/doctest.h>

#include <iostream>

#include "paint/documents.h"
#include "paint/pdf.h"
#include "paint/picture.h"
#include "paint/png.h"
#include "paint/svg.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::paint;

namespace {

std::string octets(std::string_view hexadecimal) {
    std::string all;
    for (std::size_t i = 0; i + 1 < hexadecimal.size(); i += 2)
        all += static_cast<char>(std::stoi(std::string(hexadecimal.substr(i, 2)), nullptr, 16));
    return all;
}

// 24 dots wide, 12 high: the left half red, the right one blue.
std::string jpeg() {
    return octets(
        "ffd8ffe000104a46494600010100000100010000ffdb00430006040506050406060506070706080a100a0a09090a140e0f0c"
        "1017141818171416161a1d251f1a1b231c1616202c20232627292a29191f2d302d283025282928ffdb0043010707070a080a"
        "130a0a13281a161a282828282828282828282828282828282828282828282828282828282828282828282828282828282828"
        "2828282828282828ffc0001108000c001803011100021101031101ffc4001600010101000000000000000000000000000405"
        "06ffc40018100100030100000000000000000000000000054381c1ffc4001601010101000000000000000000000000000706"
        "08ffc400191101000301010000000000000000000000000682c24344ffda000c03010002110311003f00c0278c21c8d7bc5b"
        "c37b5743d9e79ed9096e3e5908b4187235ef16f0ded5d0f679e7b6425b8f9fffd9");
}

const std::string svg_logo =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 120 40\">"
    "<rect width=\"40\" height=\"40\" rx=\"8\" fill=\"#0a62bd\"/><path d=\"M50 10h60v20h-60z\"/></svg>";

std::string sheet_with(const std::string& logo) {
    Options options;
    options.letterhead = {"Exemple Télécom", logo};
    return pdf(test::french_comparison(), options);
}

}  // namespace

TEST_CASE(
    "a logo may be a JPEG or an SVG picture, whose proportions it keeps, and a sheet with it is the same each time") {
    CHECK(Picture(jpeg()).width_at(18) == doctest::Approx(36));
    CHECK(Picture(svg_logo).width_at(18) == doctest::Approx(54));
    for (const std::string& logo : {jpeg(), svg_logo}) {
        Options options;
        options.letterhead = {"", logo};
        CHECK(sheet_with(logo) == sheet_with(logo));
        CHECK(sheet_with(logo) != sheet_with(""));
        CHECK(png(test::french_comparison(), options) != png(test::french_comparison(), {}));
        CHECK(paint::svg(test::french_comparison(), options) != paint::svg(test::french_comparison(), {}));
    }
}

TEST_CASE("a PDF takes a JPEG as it is, and an SVG as lines") {
    if (!test::has_program("pdfimages")) {
        std::cout << "skipped: pdfimages is not installed\n";
        return;
    }
    const test::TemporaryFolder folder;
    const auto images = [&](const std::string& logo) {
        return test::run("pdfimages -list '" + folder.write("sheet.pdf", sheet_with(logo)).string() + "'").out;
    };
    CHECK(images(jpeg()).find("jpeg") != std::string::npos);
    CHECK(images(svg_logo) == images(""));
}

TEST_CASE("what is damaged, empty, far too large or something else is no picture") {
    const std::string whole = jpeg();
    for (const std::string& wrong :
         {std::string(), std::string("GIF89a"), std::string("\xff\xd8\xff"), whole.substr(0, 100), whole.substr(0, 310),
          std::string("<svg"), std::string("<svg xmlns='http://www.w3.org/2000/svg'"),
          std::string("<svg xmlns='http://www.w3.org/2000/svg' width='0' height='4'/>"), std::string("\x1f\x8b\x08"),
          std::string("<html><body>an <svg> within</body></html>")})
        CHECK_THROWS_AS(Picture{wrong}, NotAPicture);
    std::string enormous = whole;  // says so in its frame header (ITU-T T.81 B.2.2)
    const std::size_t frame = enormous.find("\xff\xc0");
    REQUIRE(frame != std::string::npos);
    for (const std::size_t at : {frame + 5, frame + 7}) enormous[at] = '\x7f';
    CHECK_THROWS_AS(Picture{enormous}, NotAPicture);
}

TEST_CASE("an SVG names no other file") {
    const test::TemporaryFolder folder;
    const std::string other = folder.write("other.png", png(test::arabic_response(), {})).string();
    const auto with = [](const std::string& inside) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"40\" "
               "height=\"40\">" +
               inside + "</svg>";
    };
    CHECK(sheet_with(with("<image width=\"40\" height=\"40\" xlink:href=\"file://" + other + "\"/>")) ==
          sheet_with(with("")));
}
