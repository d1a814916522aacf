// The window on sample content, to look at: window_demo [language] [theme] [text size] [place]
#include <cstdio>
#include <stdexcept>
#include <string>

#include "page/forms.h"
#include "page/handout.h"
#include "window/desktop/shell.h"
#include "window/painted_preview.h"
#include "window/sample_library.h"

namespace {

using namespace sipdex;

class Demo : public test::LongLibrary {
public:
    std::vector<window::Format> formats() override {
        std::vector<window::Format> all;
        for (const paint::Format& format : paint::formats()) {
            const std::string name(format.name);
            all.push_back({name, words().format_name(name), "." + name, window::is_on_paper(format)});
        }
        return all;
    }
    Preview preview(const document::Document& document, const window::Sheet& sheet) override {
        const page::Form form = page::form_named(sheet.form).value_or(page::Form::full);
        document::Document page = page::in_form(document, form);
        if (sheet.handout) page = page::handout(page, language::Words(document.language));
        paint::Options options;
        options.paper = paint::paper_named(sheet.paper).value_or(paint::Paper::a4);
        options.landscape = sheet.landscape;
        options.monochrome = sheet.monochrome;
        options.letterhead.name = sheet.header;
        return [page, options, format = paint::format_named(sheet.format)] {
            return std::make_unique<window::PaintedPreview>(*format, page, options);
        };
    }
};

}  // namespace

int main(int count, char** words) {
    const auto word = [&](int at, const char* otherwise) { return std::string(count > at ? words[at] : otherwise); };
    Demo library;
    if (word(4, "start") != "long") library.messages = 0;
    library.with_arabic = word(1, "en") == "ar";
    library.set_language(word(1, "en"));
    user::Settings settings;
    settings.set("theme", word(2, "light"));
    settings.set("text-size", word(3, "1"));
    settings.set("window-width", word(5, "1280"));
    settings.set("window-height", word(6, "800"));
    settings.set("window-x", "0");
    settings.set("window-y", "0");
    window::Opening opening;
    const std::string place = word(4, "start");
    if (place == "607") opening.first = {"reference", document::ToResponse{"607"}, {}};
    if (place == "compare") opening.first = {"compare", {}, {"300", "607"}};
    if (place == "compare3") opening.first = {"compare", {}, {"300", "603", "607"}};
    if (place == "replay") opening.first = {"simulator", {}, {"607-unwanted"}, 0, 6};
    if (place == "both") opening.first = {"simulator", {}, {"300-choice", "607-unwanted"}, 0, 7};
    if (place == "long") opening.first = {"simulator", {}, {"607-unwanted"}};
    if (place == "what-if") opening.first = {"simulator", {}, {"607-unwanted"}, 0, 1, {"bob answers 486"}};
    if (place == "forks") opening.first = {"forks", {}, {}};
    if (place == "mishap") {
        opening.first = {"reference", document::ToResponse{"300"}, {}};
        library.listener = [](const std::string& asked) {
            if (asked == "comparison")
                throw std::out_of_range("vector::_M_range_check: __n (which is 607) >= this->size() (which is 75)");
        };
    }
    opening.dump_file = word(7, "");
    const window::Ended ended = window::run(library, settings, opening);
    if (!ended.reason.empty()) std::fprintf(stderr, "window_demo: %s\n", ended.reason.c_str());
    return ended.reason.empty() ? 0 : 1;
}
