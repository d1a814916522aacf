#include "window/workbench/sheet_dialog.h"

#include <glib.h>
#include <imgui.h>
#include <stdlib.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>

#include "language/characters.h"
#include "window/kit/dialog.h"
#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {

constexpr std::size_t longest_name = 40, longest_reason = 200;  // characters of what is quoted

std::string address_of(const std::string& path) {
    char* made = g_filename_to_uri(std::filesystem::absolute(path).c_str(), nullptr, nullptr);
    std::string address = made ? made : "";
    g_free(made);
    return address;
}

}  // namespace

std::string file_name_of(const document::Document& document) {
    std::string name = "sipdex";
    for (const auto& head : document.mastheads) name += "-" + head.id;
    if (document.mastheads.empty())
        for (const char letter : document.title) {
            const bool plain = std::isalnum(static_cast<unsigned char>(letter)) != 0;
            if (plain) name += char(std::tolower(static_cast<unsigned char>(letter)));
            else if (name.back() != '-') name += '-';
        }
    while (name.back() == '-') name.pop_back();
    if (!document.language.empty()) name += "-" + document.language;
    return name;
}

void SheetDialog::open(Ui& ui, document::Document document, const std::string& folder) {
    document_ = std::move(document);
    const auto formats = ui.library.formats();
    const bool known =
        std::any_of(formats.begin(), formats.end(), [&](const Format& f) { return f.id == sheet_.format; });
    if (!known && !formats.empty()) {  // who asks for a sheet wants to print it, as a rule
        const auto paper = std::find_if(formats.begin(), formats.end(), [](const Format& f) { return f.on_paper; });
        sheet_.format = paper == formats.end() ? formats.front().id : paper->id;
    }
    sheet_.path = (std::filesystem::path(folder) / file_name_of(document_)).string();
    set_extension(ui);
    said_ = Said::nothing;
    open_ = fresh_ = true;
    scroll_ = {};
    scroll_.content = ui.px(180);  // about, until it is drawn
    ui.keep_moving();
}

std::string SheetDialog::folder() const { return std::filesystem::path(sheet_.path).parent_path().string(); }

void SheetDialog::set_extension(Ui& ui) {
    const auto formats = ui.library.formats();
    std::filesystem::path path(sheet_.path);
    for (const Format& format : formats)  // only an extension of ours gives way to another
        if (path.extension() == format.extension) path.replace_extension();
    for (const Format& format : formats)
        if (format.id == sheet_.format) path += format.extension;
    sheet_.path = path.string();
}

void SheetDialog::say(Said what, std::string words) {
    said_ = what;
    result_ = std::move(words);
    result_for_ = sheet_.path;
}

std::string SheetDialog::written(Ui& ui, const Sheet& sheet) {
    try {
        return ui.library.save(document_, sheet);
    } catch (const std::exception& error) {
        return ui.words().window_mishap_part(language::shown(error.what(), longest_reason));
    }
}

void SheetDialog::save(Ui& ui) {
    std::string trouble = written(ui, sheet_);
    if (trouble.empty()) say(Said::saved, ui.words().window_saved(sheet_.path));
    else say(Said::failed, std::move(trouble));
    ui.keep_moving();
}

// Whoever prints need not choose a file: a PDF is made beside, handed on and removed. The printer is waited for elsewhere.
void SheetDialog::print(Ui& ui) {
    if (printing_.valid()) return;
    std::string name = (std::filesystem::temp_directory_path() / "sipdex-print-XXXXXX").string();
    Sheet sheet = sheet_;
    sheet.format = "pdf";
    if (!mkdtemp(name.data())) return say(Said::failed, std::generic_category().message(errno));
    const std::filesystem::path folder = name;
    sheet.path = (folder / (file_name_of(document_) + ".pdf")).string();
    std::string trouble = written(ui, sheet);
    if (!trouble.empty()) {
        std::filesystem::remove_all(folder);
        return say(Said::failed, std::move(trouble));
    }
    printing_ = std::async(std::launch::async, [print = outside_.print, folder, file = sheet.path] {
        Outside::Printed printed = print(file);
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
        return printed;
    });
    ui.keep_moving();
}

void SheetDialog::take_printed(Ui& ui) {
    if (!printing_.valid()) return;
    ui.keep_moving();
    if (printing_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return;
    const Outside::Printed printed = printing_.get();
    using Outcome = Outside::Printed::Outcome;
    if (printed.outcome == Outcome::done) say(Said::printed, ui.words().window_printed());
    else if (printed.outcome == Outcome::no_program) say(Said::failed, ui.words().window_no_printing());
    else say(Said::failed, ui.words().window_print_refused(language::shown(printed.reason, longest_reason)));
}

// A second press in the same place, or Enter held down, must not be taken for an answer: who wants the file replaced
// presses another button for it.
void SheetDialog::save_or_ask(Ui& ui) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(sheet_.path, ignored)) return save(ui);
    say(Said::there_already, ui.words().window_file_exists(sheet_.path));
    ui.set_focus("sheet-path", ui.focus_by_key());  // another name can be typed at once
    ui.keep_moving();
}

void SheetDialog::draw(Ui& ui) {
    if (!open_) return;
    take_printed(ui);
    const double pad = ui.px(24), inner = std::min(ui.px(560), ui.ink.width() - ui.px(32)) - 2 * pad;
    const auto formats = ui.library.formats();
    const auto chosen =
        std::find_if(formats.begin(), formats.end(), [&](const Format& f) { return f.id == sheet_.format; });
    const bool paper = chosen != formats.end() && chosen->on_paper;
    if (result_for_ != sheet_.path) said_ = Said::nothing;
    if (said_ == Said::nothing) result_.clear();
    const auto result = result_.empty() ? typeset::Lines() : ui.set(result_, Type::body, false, inner - ui.px(64));
    const double above = ui.px(64), below = ui.px(button_height + 30);
    const std::string name = ui.words().window_sheet_title(document_.title);
    const Rect box = open_dialog(ui, name, ui.px(560), above + scroll_.content + below);
    dialog_title(ui, name, box, pad);
    // Where there is not the height for all of it the middle scrolls; the buttons stay.
    const double left = box.x + pad, bottom = box.y + box.height - ui.px(22 + button_height);
    const Rect middle{left - ui.px(4), box.y + above - ui.px(4), inner + ui.px(4 + 18),
                      box.height - above - below + ui.px(4)};
    ui.begin_scroll("sheet", middle, scroll_);
    double y = middle.y + ui.px(4) - scroll_.at;

    const double label = ui.px(112);
    const auto caption = [&](Sentence words) {
        ui.word(ui.say(words), Type::body, false, left, y + ui.px(button_height / 2), ui.colour(Role::secondary),
                label - ui.px(8));
    };
    caption(&Words::window_format);
    double pen = left + label;
    for (const Format& format : formats) {
        const Button one{"format:" + format.id,      format.name, std::nullopt, Look::plain, false, true,
                         format.id == sheet_.format, false,       true};
        if (pen + width_of(ui, one) > left + inner) {
            pen = left + label;
            y += ui.px(button_height + 6);
        }
        if (button(ui, one, pen, y)) {
            sheet_.format = format.id;
            set_extension(ui);
            said_ = Said::nothing;
        }
        pen += width_of(ui, one) + ui.px(6);
    }
    y += ui.px(button_height + 10);
    caption(&Words::window_paper);
    pen = left + label;
    for (const auto& [id, words] :
         {std::pair{"a4", &Words::window_paper_a4}, {"letter", &Words::window_paper_letter}}) {
        const Button one{std::string("paper:") + id,  ui.say(words), std::nullopt, Look::plain, false, paper,
                         paper && sheet_.paper == id, false,         true};
        if (button(ui, one, pen, y)) sheet_.paper = id;
        pen += width_of(ui, one) + ui.px(6);
    }
    const Button mono{"monochrome",
                      ui.words().window_monochrome(),
                      sheet_.monochrome ? std::optional(Icon::check) : std::nullopt,
                      Look::plain,
                      false,
                      paper,
                      paper && sheet_.monochrome,
                      false,
                      true};
    if (button(ui, mono, pen + ui.px(10), y)) sheet_.monochrome = !sheet_.monochrome;
    y += ui.px(button_height + 10);
    caption(&Words::window_file);
    const bool entered = field(ui, "sheet-path", ui.words().window_file_hint(), sheet_.path,
                               {left + label, y, inner - label, ui.px(34)});
    if (fresh_) ui.set_focus("sheet-path", false);
    fresh_ = false;
    y += ui.px(34 + 18);
    if (!result_.empty()) draw_result(ui, result, left, y, inner);
    ui.end_scroll(y + scroll_.at - middle.y);
    if (said_ != shown_) scroll_.at = scroll_.furthest();  // what is said stands last
    shown_ = said_;
    draw_buttons(ui, left, bottom, inner, entered);
    ui.close_layer();
    if (!open_) ui.keep_moving();
}

void SheetDialog::draw_result(Ui& ui, const typeset::Lines& result, double left, double& y, double inner) {
    const double side = ui.px(16);
    const Rect box{left, y, inner, result.height() + ui.px(16)};
    ui.ink.fill(box, ui.colour(Role::surface), ui.px(6));
    const bool done = said_ == Said::saved || said_ == Said::printed;
    ui.ink.icon(done ? Icon::check : Icon::warning, {left + ui.px(10), y + ui.px(11), side, side},
                ui.colour(done ? Role::accent : Role::text));
    ui.ink.text(result, left + ui.px(34), y + ui.px(8), inner - ui.px(64), ui.colour(Role::text));
    const Rect copy{left + inner - ui.px(28), y + ui.px(6), ui.px(24), ui.px(24)};
    const auto touch = ui.touch("copy-result", copy, "icon", ui.words().window_copy());
    if (touch.hovered) ui.ink.fill(copy, ui.colour(Role::text, 0.08f), ui.px(4));
    ui.ink.icon(Icon::copy, {copy.x + ui.px(5), copy.y + ui.px(5), ui.px(14), ui.px(14)}, ui.colour(Role::secondary));
    if (touch.pressed) ImGui::SetClipboardText((said_ == Said::failed ? result_ : sheet_.path).c_str());
    y += box.height + ui.px(10);
    if (said_ == Said::saved && outside_.open) {
        const Button file{"open-sheet", ui.words().window_open_file(), Icon::sheet, Look::plain};
        const Button folder_of{"open-folder", ui.words().window_open_folder(), Icon::folder, Look::plain};
        if (button(ui, file, left, y)) outside_.open(address_of(sheet_.path));
        if (button(ui, folder_of, left + width_of(ui, file) + ui.px(8), y)) outside_.open(address_of(folder()));
        y += ui.px(button_height + 10);
    }
    y += ui.px(8);
}

void SheetDialog::draw_buttons(Ui& ui, double left, double y, double inner, bool entered) {
    const bool done = said_ == Said::saved, asking = said_ == Said::there_already;
    const Button close{"close-sheet", ui.say(done ? &Words::window_close : &Words::window_cancel), std::nullopt,
                       done ? Look::primary : Look::plain};
    const Button go{"save-sheet", ui.words().window_save_sheet(), std::nullopt, done ? Look::plain : Look::primary,
                    false,        !sheet_.path.empty() && !asking};
    const std::string name = language::shown(std::filesystem::path(sheet_.path).filename().string(), longest_name);
    const Button replace{"replace-sheet", ui.words().window_replace_file(name), std::nullopt, Look::plain};
    const double gap = ui.px(8), go_width = width_of(ui, go), close_width = width_of(ui, close);
    const double go_at = left + inner - go_width;
    const Button paper{"print-sheet", ui.words().window_print(), Icon::print, Look::plain, false, !printing_.valid()};
    if (outside_.print && !asking && button(ui, paper, left, y)) print(ui);
    if (asking) {
        const double width = std::min(width_of(ui, replace), inner - go_width - close_width - 2 * gap);
        if (button(ui, close, go_at - width - close_width - 2 * gap, y)) open_ = false;
        if (button(ui, replace, go_at - width - gap, y, width)) save(ui);
    } else if (button(ui, close, go_at - close_width - gap, y)) {
        open_ = false;
    }
    if (button(ui, go, go_at, y) || (entered && go.enabled)) save_or_ask(ui);
}

}  // namespace sipdex::window
