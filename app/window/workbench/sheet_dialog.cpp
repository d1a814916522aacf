#include "window/workbench/sheet_dialog.h"

#include <glib.h>
#include <imgui.h>
#include <stdlib.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <memory>
#include <system_error>

#include "language/characters.h"
#include "window/kit/dialog.h"
#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {

constexpr std::size_t longest_name = 40, longest_reason = 200, longest_missing = 40;  // characters of what is quoted
constexpr std::size_t longest_header = 120;
constexpr std::chrono::milliseconds unnoticed{150};
constexpr double choices_width = 420, label_width = 116, narrowest_preview = 260;  // units
constexpr double row_gap = 12, field_height = 34;

std::string address_of(const std::string& path) {
    char* made = g_filename_to_uri(std::filesystem::absolute(path).c_str(), nullptr, nullptr);
    std::string address = made ? made : "";
    g_free(made);
    return address;
}

// Something that is so or not: a box, with a sign in it where it is so, and words behind. `y` comes back below it.
bool check_box(Ui& ui, const std::string& id, const std::string& label, bool on, double x, double& y, double width) {
    const double side = ui.px(18), indent = side + ui.px(10);
    const auto words = ui.set(label, Type::body, false, std::floor(width - indent));
    const Rect where{x, y, width, std::max(words.height(), ui.px(button_height - 6))};
    const auto touch = ui.touch(id, where, "button", label, true, on);
    if (accessible::Node* node = ui.outline.last()) {
        node->role = accessible::Role::toggle_button;
        node->set(accessible::State::pressed, on);
    }
    const double line = words.height() / double(std::max<std::size_t>(1, words.count()));
    const double top = where.y + std::round((where.height - words.height()) / 2);
    const Rect box{x, top + std::round((line - side) / 2), side, side};
    if (on) ui.ink.fill(box, ui.colour(Role::accent), ui.px(4));
    else
        ui.ink.frame(box, ui.colour(touch.hovered ? Role::accent : Role::secondary), ui.px(4), std::max(1.0, ui.px(1)));
    if (on) ui.ink.icon(Icon::check, grown(box, -ui.px(2)), ui.colour(Role::on_accent));
    ui.ink.text(words, x + indent, top, std::floor(width - indent), ui.colour(Role::text));
    y += where.height + ui.px(row_gap);
    return touch.pressed;
}

}  // namespace

std::string file_name_of(const document::Document& document) {
    std::string name = "sipdex";
    for (const auto& head : document.mastheads) name += "-" + head.id;
    if (document.mastheads.empty()) {
        name += '-';
        for (const char letter : document.title) {
            const bool plain = std::isalnum(static_cast<unsigned char>(letter)) != 0;
            if (plain) name += char(std::tolower(static_cast<unsigned char>(letter)));
            else if (name.back() != '-') name += '-';
        }
    }
    while (name.back() == '-') name.pop_back();
    if (!document.language.empty()) name += "-" + document.language;
    return name;
}

void SheetDialog::open(Ui& ui, document::Document document, const document::Target& page,
                       const Remembered& remembered) {
    document_ = std::move(document);
    page_ = page;
    formats_ = ui.library.formats();
    languages_ = ui.library.languages();
    const bool known =
        std::any_of(formats_.begin(), formats_.end(), [&](const Format& f) { return f.id == sheet_.format; });
    if (!known && !formats_.empty()) {  // who asks for a sheet wants to print it, as a rule
        const auto paper = std::find_if(formats_.begin(), formats_.end(), [](const Format& f) { return f.on_paper; });
        sheet_.format = paper == formats_.end() ? formats_.front().id : paper->id;
    }
    offer_ = ui.library.sheet_offer(document_);
    const auto offered = [](const std::vector<std::string>& all, const std::string& one) {
        return std::find(all.begin(), all.end(), one) != all.end();
    };
    if (offered(offer_.papers, remembered.paper)) sheet_.paper = remembered.paper;
    sheet_.header = language::shown(remembered.header, longest_header);
    logo_.begin(remembered.logo);
    sheet_.handout = sheet_.handout && offer_.handout;
    sheet_.language = document_.language;
    suggested_ = file_name_of(document_);
    sheet_.path = (std::filesystem::path(remembered.folder) / suggested_).string();
    set_extension(ui);
    if (!language_chosen_.empty() && language_chosen_ != document_.language) set_language(ui, language_chosen_);
    said_ = Said::nothing;
    open_ = fresh_ = true;
    previewed_ = {};
    scroll_ = {};
    scroll_.content = ui.px(420);  // about, until it is drawn
    menu_.close();
    ui.keep_moving();
}

bool SheetDialog::escape() {
    if (menu_.is_open()) menu_.close();
    else open_ = false;
    return true;
}

std::string SheetDialog::folder() const { return std::filesystem::path(sheet_.path).parent_path().string(); }

bool SheetDialog::on_paper() const {
    return std::any_of(formats_.begin(), formats_.end(),
                       [&](const Format& format) { return format.id == sheet_.format && format.on_paper; });
}

void SheetDialog::set_extension(Ui& ui) {
    std::filesystem::path path(sheet_.path);
    for (const Format& format : formats_)  // only an extension of ours gives way to another
        if (path.extension() == format.extension) path.replace_extension();
    for (const Format& format : formats_)
        if (format.id == sheet_.format) path += format.extension;
    sheet_.path = path.string();
    ui.keep_moving();
}

void SheetDialog::choose_format(Ui& ui, const std::string& id) {
    sheet_.format = id;
    set_extension(ui);
    said_ = Said::nothing;
}

// The page anew in that language. A name of the file that was typed stays.
void SheetDialog::set_language(Ui& ui, const std::string& tag) {
    if (std::holds_alternative<std::monostate>(page_) ||
        std::none_of(languages_.begin(), languages_.end(), [&](const Language& one) { return one.tag == tag; }))
        return;
    document_ = ui.library.page(page_, tag);
    sheet_.language = document_.language;
    offer_ = ui.library.sheet_offer(document_);
    language_chosen_ = tag == ui.language() ? std::string() : tag;
    const std::string name = file_name_of(document_);
    std::filesystem::path path(sheet_.path);
    if (path.stem() == suggested_) sheet_.path = (path.replace_filename(name + path.extension().string())).string();
    suggested_ = name;
    said_ = Said::nothing;
    ui.keep_moving();
}

void SheetDialog::say(Said what, std::string words) {
    said_ = what;
    result_ = std::move(words);
    result_for_ = sheet_.path;
}

// Most sheets are written before anybody would notice that the frame waits; the others come when they come.
void SheetDialog::save(Ui& ui) {
    if (busy()) return;
    said_ = Said::nothing;
    try {
        ending_ = std::async(std::launch::async, [save = ui.library.save(document_, sheet_), path = sheet_.path] {
            return Ended{path, save(), {}};
        });
        ending_.wait_for(unnoticed);
    } catch (const std::exception& error) {
        say(Said::failed, ui.words().window_mishap_part(language::shown(error.what(), longest_reason)));
    }
    take_ended(ui);
}

// Whoever prints need not choose a file: a PDF is made beside, handed on and removed.
void SheetDialog::print(Ui& ui) {
    if (busy()) return;
    said_ = Said::nothing;
    std::string name = (std::filesystem::temp_directory_path() / "sipdex-print-XXXXXX").string();
    if (!mkdtemp(name.data())) return say(Said::failed, std::generic_category().message(errno));
    struct Folder {
        std::filesystem::path path;
        explicit Folder(std::filesystem::path made) : path(std::move(made)) {}
        ~Folder() {
            std::error_code ignored;
            std::filesystem::remove_all(path, ignored);
        }
        Folder(const Folder&) = delete;
        Folder& operator=(const Folder&) = delete;
    };
    const auto folder = std::make_shared<const Folder>(name);
    Sheet sheet = sheet_;
    sheet.format = "pdf";
    sheet.path = (folder->path / (file_name_of(document_) + ".pdf")).string();
    try {
        ending_ = std::async(std::launch::async, [save = ui.library.save(document_, sheet), print = outside_.print,
                                                  folder, file = sheet.path, path = sheet_.path] {
            Ended ended{path, save(), {}};
            if (ended.trouble.empty()) ended.printed = print(file);
            return ended;
        });
    } catch (const std::exception& error) {
        say(Said::failed, ui.words().window_mishap_part(language::shown(error.what(), longest_reason)));
    }
    ui.keep_moving();
}

void SheetDialog::take_ended(Ui& ui) {
    if (!busy()) return;
    ui.keep_moving();
    if (ending_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return;
    using Outcome = Outside::Printed::Outcome;
    const auto& words = ui.words();
    try {
        const Ended ended = ending_.get();
        if (!ended.trouble.empty()) say(Said::failed, ended.trouble);
        else if (!ended.printed) say(Said::saved, words.window_saved(ended.path));
        else if (ended.printed->outcome == Outcome::done) say(Said::printed, words.window_printed());
        else if (ended.printed->outcome == Outcome::no_program) say(Said::failed, words.window_no_printing());
        else say(Said::failed, words.window_print_refused(language::shown(ended.printed->reason, longest_reason)));
        // Another file that is typed meanwhile was not written.
        result_for_ = ended.path;
    } catch (const std::exception& error) {
        say(Said::failed, words.window_mishap_part(language::shown(error.what(), longest_reason)));
    }
    if (open_ || said_ != Said::failed) return;
    open_ = true;  // who has closed the dialog believes the file to be there
    previewed_ = {};
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

void SheetDialog::show_preview(Ui& ui) {
    Sheet wanted = sheet_;
    wanted.path.clear();
    if (wanted == previewed_) return;
    if (!previewed_.format.empty()) said_ = Said::nothing;  // of a sheet that was another
    previewed_ = wanted;
    preview_.show(ui.library.preview(document_, sheet_));
}

void SheetDialog::draw(Ui& ui) {
    take_ended(ui);
    if (!open_) return preview_.forget();
    show_preview(ui);
    if (result_for_ != sheet_.path) said_ = Said::nothing;
    if (said_ == Said::nothing) result_.clear();
    const double pad = ui.px(24), above = ui.px(64), below = ui.px(button_height + 30);
    const std::string name = ui.words().window_sheet_title(document_.title);
    const Rect box = open_dialog(ui, name, ui.px(1240), ui.px(1000));
    dialog_title(ui, name, box, pad);
    const double left = box.x + pad, inner = box.width - 2 * pad,
                 bottom = box.y + box.height - ui.px(22 + button_height);
    // Beside each other, or, where there is not the width, the preview below the choices.
    const double choices = ui.px(choices_width), gap = ui.px(28), high = box.height - above - below;
    const bool beside = inner >= choices + gap + ui.px(narrowest_preview);
    Pen pen{left, beside ? choices : inner, label_room(ui, (beside ? choices : inner) * 0.42), 0};
    // Where there is not the height for all of it the choices scroll; the buttons stay.
    const Rect middle{left - ui.px(4), box.y + above - ui.px(4), pen.width + ui.px(4 + 18), high + ui.px(4)};
    ui.begin_scroll("sheet", middle, scroll_);
    pen.y = middle.y + ui.px(4) - scroll_.at;
    bool entered = false;
    draw_choices(ui, pen, entered);
    if (fresh_) ui.set_focus("sheet-path", false);
    fresh_ = false;
    if (!result_.empty()) draw_result(ui, pen);
    if (!beside) {
        const double room = std::max(ui.px(200), high - ui.px(40));
        preview_.draw(ui, {left, pen.y + ui.px(8), inner, room});
        pen.y += room + ui.px(16);
    }
    ui.end_scroll(pen.y + scroll_.at - middle.y);
    shown_ = said_;
    if (beside) preview_.draw(ui, {left + choices + gap, box.y + above, inner - choices - gap, high - ui.px(8)});
    if (ui.on_top() && ui.input.take_press(Key::page_down)) preview_.turn(ui, 1);
    if (ui.on_top() && ui.input.take_press(Key::page_up)) preview_.turn(ui, -1);
    draw_buttons(ui, left, bottom, inner, entered);
    ui.close_layer();
    draw_menu(ui);
    if (!open_) ui.keep_moving();
}

// As wide as the widest caption in this language, up to what leaves room for the choices.
double SheetDialog::label_room(Ui& ui, double most) {
    double widest = ui.px(label_width);
    for (const Sentence words : {&Words::window_form, &Words::window_sheet_language, &Words::window_format,
                                 &Words::window_file, &Words::window_paper, &Words::window_orientation,
                                 &Words::window_colours, &Words::window_organisation, &Words::window_logo})
        widest = std::max(widest, ui.set(ui.say(words), Type::body).width() + ui.px(12));
    return std::min(widest, most);
}

void SheetDialog::caption(Ui& ui, const Pen& pen, Sentence words) const {
    ui.word(ui.say(words), Type::body, false, pen.left, pen.y + ui.px(button_height / 2), ui.colour(Role::secondary),
            pen.label - ui.px(8));
}

// One of a few, each a button; in as many rows as it takes. Gives the id of the one that was pressed.
std::string SheetDialog::pick(Ui& ui, Pen& pen, Sentence of, const std::vector<Option>& options) const {
    std::string pressed;
    caption(ui, pen, of);
    double x = pen.value();
    for (const Option& option : options) {
        Button one{option.id,      option.label,  std::nullopt, Look::plain, false,
                   option.enabled, option.chosen, false,        true};
        const double width = std::min(width_of(ui, one), pen.room());
        if (x + width > pen.value() + pen.room() + 1) {
            x = pen.value();
            pen.y += ui.px(button_height + 6);
        }
        if (button(ui, one, x, pen.y, width) && !option.chosen) pressed = option.id;
        if (accessible::Node* node = ui.outline.last()) node->name = ui.words().window_choice(ui.say(of), option.label);
        x += width + ui.px(6);
    }
    pen.y += ui.px(button_height + row_gap);
    return pressed;
}

// What is chosen among many, in a button that opens the menu of them.
bool SheetDialog::menu_button(Ui& ui, const Pen& pen, const std::string& id, Sentence of, const std::string& value,
                              double width) {
    caption(ui, pen, of);
    const bool pressed =
        button(ui, {id, value, std::nullopt, Look::plain, false, true, false, true}, pen.value(), pen.y, width);
    if (accessible::Node* node = ui.outline.last()) node->name = ui.words().window_choice(ui.say(of), value);
    return pressed;
}

void SheetDialog::draw_choices(Ui& ui, Pen& pen, bool& entered) {
    const auto spoken = std::find_if(languages_.begin(), languages_.end(),
                                     [&](const Language& one) { return one.tag == sheet_.language; });
    if (!std::holds_alternative<std::monostate>(page_) && languages_.size() > 1) {
        const std::string name = spoken == languages_.end() ? sheet_.language : spoken->name;
        if (menu_button(ui, pen, "sheet-language", &Words::window_sheet_language, name, pen.room())) {
            std::vector<Choice> all;
            for (const Language& one : languages_)
                all.push_back({one.tag, one.name, {}, 0, one.tag == sheet_.language});
            menu_.open(ui, "language", {pen.value(), pen.y, pen.room(), ui.px(button_height)}, std::move(all));
        }
        pen.y += ui.px(button_height + row_gap);
    }
    if (!offer_.forms.empty()) {
        std::vector<Option> forms;
        for (const std::string& form : offer_.forms)
            forms.push_back({"form:" + form, ui.words().window_form_name(form), sheet_.form == form});
        if (const std::string pressed = pick(ui, pen, &Words::window_form, forms); !pressed.empty())
            sheet_.form = pressed.substr(pressed.find(':') + 1);
    }
    if (offer_.handout &&
        check_box(ui, "handout", ui.words().window_handout(), sheet_.handout, pen.value(), pen.y, pen.room()))
        sheet_.handout = !sheet_.handout;
    const auto format =
        std::find_if(formats_.begin(), formats_.end(), [&](const Format& one) { return one.id == sheet_.format; });
    if (menu_button(ui, pen, "sheet-format", &Words::window_format, format == formats_.end() ? "" : format->name,
                    pen.room())) {
        std::vector<Choice> all;
        for (const Format& one : formats_) all.push_back({one.id, one.name, {}, 0, one.id == sheet_.format});
        menu_.open(ui, "format", {pen.value(), pen.y, pen.room(), ui.px(button_height)}, std::move(all));
    }
    pen.y += ui.px(button_height + row_gap);
    caption(ui, pen, &Words::window_file);
    entered = field(ui, "sheet-path", ui.words().window_file_hint(), sheet_.path,
                    {pen.value(), pen.y, pen.room(), ui.px(field_height)});
    pen.y += ui.px(field_height + row_gap);
    if (on_paper()) draw_paper_choices(ui, pen);
    if (preview_.missing().empty()) return;
    const auto lines = ui.set(ui.words().missing_glyphs(language::shown(preview_.missing(), longest_missing)),
                              Type::caption, false, pen.width);
    ui.ink.text(lines, pen.left, pen.y, pen.width, ui.colour(Role::secondary));
    pen.y += lines.height() + ui.px(row_gap);
}

void SheetDialog::draw_paper_choices(Ui& ui, Pen& pen) {
    pen.y += ui.px(6);
    hairline(ui, pen.left, pen.y, pen.width);
    pen.y += ui.px(6 + row_gap);
    const std::string paper = ui.words().window_paper_name(sheet_.paper);
    if (menu_button(ui, pen, "sheet-paper", &Words::window_paper, paper, pen.room())) {
        std::vector<Choice> all;
        for (const std::string& one : offer_.papers)
            all.push_back({one, ui.words().window_paper_name(one), {}, 0, one == sheet_.paper});
        menu_.open(ui, "paper", {pen.value(), pen.y, pen.room(), ui.px(button_height)}, std::move(all));
    }
    pen.y += ui.px(button_height + row_gap);
    const bool wide = sheet_.landscape || !offer_.upright;
    const std::string turned = pick(ui, pen, &Words::window_orientation,
                                    {{"portrait", ui.words().window_portrait(), !wide, offer_.upright},
                                     {"landscape", ui.words().window_landscape(), wide}});
    if (!turned.empty()) sheet_.landscape = turned == "landscape";
    const std::string coloured = pick(ui, pen, &Words::window_colours,
                                      {{"colour", ui.words().window_in_colour(), !sheet_.monochrome},
                                       {"monochrome", ui.words().window_monochrome(), sheet_.monochrome}});
    if (!coloured.empty()) sheet_.monochrome = coloured == "monochrome";
    caption(ui, pen, &Words::window_organisation);
    field(ui, "sheet-organisation", ui.words().window_organisation_hint(), sheet_.header,
          {pen.value(), pen.y, pen.room(), ui.px(field_height)}, false, longest_header);
    pen.y += ui.px(field_height + row_gap);
    caption(ui, pen, &Words::window_logo);
    pen.y += logo_.draw(ui, pen.value(), pen.y, pen.room()) + ui.px(row_gap);
    sheet_.logo = logo_.file();
}

void SheetDialog::draw_menu(Ui& ui) {
    const auto picked = menu_.draw(ui);
    if (!picked) return;
    if (menu_.purpose() == "language") set_language(ui, *picked);
    if (menu_.purpose() == "paper") sheet_.paper = *picked;
    if (menu_.purpose() == "format") choose_format(ui, *picked);
}

void SheetDialog::draw_result(Ui& ui, Pen& pen) {
    const double side = ui.px(16);
    const auto result = ui.set(result_, Type::body, false, pen.width - ui.px(72));
    pen.y += ui.px(4);
    const Rect box{pen.left, pen.y, pen.width, result.height() + ui.px(16)};
    ui.ink.fill(box, ui.colour(Role::surface), ui.px(6));
    const bool done = used();
    ui.ink.icon(done ? Icon::check : Icon::warning, {pen.left + ui.px(10), pen.y + ui.px(11), side, side},
                ui.colour(done ? Role::accent : Role::text));
    ui.ink.text(result, pen.left + ui.px(34), pen.y + ui.px(8), pen.width - ui.px(72), ui.colour(Role::text));
    const Rect copy{pen.left + pen.width - ui.px(30), pen.y + ui.px(6), ui.px(24), ui.px(24)};
    const auto touch = ui.touch("copy-result", copy, "icon", ui.words().window_copy());
    if (touch.hovered) ui.ink.fill(copy, ui.colour(Role::text, 0.08f), ui.px(4));
    ui.ink.icon(Icon::copy, {copy.x + ui.px(5), copy.y + ui.px(5), ui.px(14), ui.px(14)}, ui.colour(Role::secondary));
    if (touch.pressed) ImGui::SetClipboardText((said_ == Said::failed ? result_ : sheet_.path).c_str());
    pen.y += box.height + ui.px(10);
    if (said_ == Said::saved && outside_.open) {
        const Button file{"open-sheet", ui.words().window_open_file(), Icon::sheet, Look::plain};
        const Button folder_of{"open-folder", ui.words().window_open_folder(), Icon::folder, Look::plain};
        double x = pen.left;
        if (button(ui, file, x, pen.y)) outside_.open(address_of(sheet_.path));
        x += width_of(ui, file) + ui.px(8);
        if (x + width_of(ui, folder_of) > pen.left + pen.width) {
            x = pen.left;
            pen.y += ui.px(button_height + 6);
        }
        if (button(ui, folder_of, x, pen.y)) outside_.open(address_of(folder()));
        pen.y += ui.px(button_height + 10);
    }
    if (said_ != shown_) ui.reveal({box.x, box.y, box.width, pen.y - box.y});
    pen.y += ui.px(8);
}

void SheetDialog::draw_buttons(Ui& ui, double left, double y, double inner, bool entered) {
    const bool done = said_ == Said::saved, asking = said_ == Said::there_already;
    const Button close{"close-sheet", ui.say(done ? &Words::window_close : &Words::window_cancel), std::nullopt,
                       done ? Look::primary : Look::plain};
    const Button go{"save-sheet", ui.words().window_save_sheet(),
                    std::nullopt, done ? Look::plain : Look::primary,
                    false,        !sheet_.path.empty() && !asking && !busy()};
    const std::string name = language::shown(std::filesystem::path(sheet_.path).filename().string(), longest_name);
    const Button replace{"replace-sheet", ui.words().window_replace_file(name), std::nullopt, Look::plain};
    const double gap = ui.px(8), go_width = width_of(ui, go), close_width = width_of(ui, close);
    const double go_at = left + inner - go_width;
    const Button paper{"print-sheet", ui.words().window_print(), Icon::print, Look::plain,
                       false,         on_paper() && !busy()};
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
