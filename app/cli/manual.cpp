#include "cli/manual.h"

#include <string_view>

namespace sipdex::cli {

namespace {

struct Example {
    std::string_view command;  // whose page it stands on
    std::string_view line;
    std::string_view says;  // a branch of `manual_example`
};

constexpr Example examples[] = {
    {"", "sipdex", "window"},
    {"", "sipdex 486", "window_code"},
    {"", "sipdex 300 607", "window_pair"},
    {"", "sipdex --view simulator", "window_view"},
    {"show", "sipdex show 607 --lang fr", "show"},
    {"show", "sipdex show Retry-After", "show_field"},
    {"show", "sipdex show - < their.log", "show_paste"},
    {"show", "sipdex show speaker/asterisk", "show_speaker"},
    {"compare", "sipdex compare 300 607", "compare"},
    {"compare", "sipdex compare 300 607 -o 300-607.pdf", "compare_sheet"},
    {"search", "sipdex search rings twice", "search"},
    {"replay", "sipdex replay 607", "replay"},
    {"replay", "sipdex replay 486 --what-if \"bob answers 603 after 2s\"", "replay_change"},
    {"replay", "sipdex replay 607 -o 607.pcap", "replay_capture"},
    {"replay", "sipdex replay 486 --format sipp --party alice -o alice.xml", "replay_sipp"},
    {"forks", "sipdex forks 486@3s 603@5s 200@8s", "forks"},
    {"ask", "sipdex ask", "ask"},
    {"ask", "sipdex ask drops-after-32-seconds", "ask_path"},
    {"explain", "sipdex explain office.pcapng proxy.log", "explain"},
    {"explain", "sipdex explain office.pcapng --call 2 -o call.pdf", "explain_call"},
    {"explain", "sipdex explain office.pcapng --finding 1 -o finding.pdf", "explain_finding"},
    {"explain", "sipdex explain office.pcapng --call 2 --beside 486-busy -o both.pdf", "explain_beside"},
    {"explain", "sipdex explain - < proxy.log", "explain_log"},
    {"redact", "sipdex redact call.pcapng -o shared.pcapng", "redact"},
    {"export", "sipdex export --what pairs --format pdf -o sheets", "export"},
    {"export", "sipdex export --what poster --paper a2 -o poster.pdf", "export_poster"},
    {"catalog", "sipdex catalog info", "catalog"},
};

// Text as roff takes it. Hyphens become those that are typed, for most stand in options and names; spaces that hold
// together stay so, the narrow one of French at full width, since a terminal has no other.
std::string escaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\') out += "\\e";
        else if (text[i] == '-') out += "\\-";
        else if (text.substr(i, 2) == "\u00a0") out += "\\ ", i += 1;
        else if (text.substr(i, 3) == "\u202f") out += "\\ ", i += 2;
        else out += text[i];
    }
    return out;
}

// Lines of a length that is pleasant in an editor. None begins with a sign that would make it a request.
std::string folded(const std::string& text) {
    constexpr std::size_t most = 78;
    std::string out, line;
    const auto end_line = [&] {
        if (line.starts_with('.') || line.starts_with('\'')) line.insert(0, "\\&");
        out += line + "\n";
        line.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = text.find(' ', at);
        while (end != std::string::npos && end > 0 && text[end - 1] == '\\') end = text.find(' ', end + 1);
        const std::string word = text.substr(at, end == std::string::npos ? end : end - at);
        if (!line.empty() && line.size() + 1 + word.size() > most) end_line();
        if (!word.empty()) line += (line.empty() ? "" : " ") + word;
        at = end == std::string::npos ? text.size() : end + 1;
    }
    if (!line.empty()) end_line();
    return out;
}

std::string capital(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

std::string bold(std::string_view text) { return "\\fB" + escaped(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + escaped(text) + "\\fR"; }

class Writer {
public:
    Writer(const Outline& outline, const language::Words& words, const std::string& date)
        : outline_(outline), words_(words), date_(date) {}

    std::string program() {
        begin("sipdex", words_.manual_purpose());
        section("synopsis");
        line(".B sipdex");
        line("[" + italic(words_.cli_value("option")) + " ...]" + arguments(outline_.program));
        line(".br");
        line(".B sipdex");
        line(italic(words_.cli_value("command")) + " [" + italic(words_.cli_value("option")) + " ...] [" +
             italic(words_.cli_value("")) + " ...]");
        section("description");
        text(words_.manual_about("none"));
        section("commands");
        for (const OutlinedCommand& command : outline_.commands) {
            line(".TP");
            line(".BR " + escaped("sipdex-" + command.name) + " (1)");
            text(command.says);
        }
        options(outline_.program);
        shown("");
        files();
        variables();
        exit_codes();
        see_also({});
        return std::move(roff_);
    }

    std::string page(const OutlinedCommand& command) {
        begin("sipdex-" + command.name, command.says);
        section("synopsis");
        line(".B sipdex " + escaped(command.name));
        line("[" + italic(words_.cli_value("option")) + " ...]" + arguments(command));
        section("description");
        text(words_.manual_about(command.name));
        options(command);
        shown(command.name);
        exit_codes();
        see_also(command.name);
        return std::move(roff_);
    }

private:
    void line(const std::string& source) { roff_ += source + "\n"; }
    void text(const std::string& words) { roff_ += folded(escaped(words)); }
    void section(const std::string& part) { line(".SH " + words_.manual_heading(part)); }

    void begin(const std::string& name, const std::string& says) {
        roff_ = ".\\\" Written by sipdex --generate man.\n";
        line(".TH " + escaped(capital(name)) + " 1 " + date_ + " \"sipdex " SIPDEX_VERSION "\" Sipdex");
        section("name");
        roff_ += folded(escaped(name) + " \\- " + escaped(says));
    }

    // " CODE ...", in brackets where it may be missing
    std::string arguments(const OutlinedCommand& command) {
        std::string all;
        for (const OutlinedOption& one : command.arguments) {
            const std::string told = italic(words_.cli_value(one.value)) + (one.several ? " ..." : "");
            all += " " + (one.required ? told : "[" + told + "]");
        }
        return all;
    }

    void options(const OutlinedCommand& command) {
        if (!command.arguments.empty()) section("arguments");
        for (const OutlinedOption& one : command.arguments) {
            line(".TP");
            line(italic(words_.cli_value(one.value)) + (one.several ? " ..." : ""));
            text(one.says);
        }
        section("options");
        for (const OutlinedOption& one : command.options) {
            std::string names;
            for (const std::string& name : one.names) names += (names.empty() ? "" : ", ") + bold(name);
            line(".TP");
            line(names + (one.value.empty() ? "" : " " + italic(words_.cli_value(one.value))));
            text(one.says);
        }
    }

    void shown(std::string_view command) {
        section("examples");
        for (const Example& one : examples)
            if (one.command == command) {
                line(".TP");
                line(bold(one.line));
                text(words_.manual_example(std::string(one.says)));
            }
    }

    void told(const std::string& name, const std::string& says) {
        line(".TP");
        line(".I " + escaped(name));
        text(says);
    }

    void files() {
        section("files");
        told("/usr/share/sipdex/catalog.db", words_.manual_file("catalog"));
        told("~/.local/share/sipdex/user.db", words_.manual_file("settings"));
        told("~/.local/share/sipdex/desk.db", words_.manual_file("desk"));
    }

    void variables() {
        section("environment");
        told("LC_ALL, LC_MESSAGES, LANG", words_.manual_variable("language"));
        told("NO_COLOR", words_.manual_variable("colour"));
        told("COLUMNS", words_.manual_variable("columns"));
        told("XDG_DATA_HOME", words_.manual_variable("data"));
        told("DISPLAY, WAYLAND_DISPLAY", words_.manual_variable("display"));
    }

    void exit_codes() {
        section("exit");
        for (const char* code : {"0", "1", "2"}) {
            line(".TP");
            line(bold(code));
            text(words_.manual_exit(code));
        }
    }

    void see_also(const std::string& but) {
        section("see");
        line(".nh");  // names are not hyphenated
        std::vector<std::string> names;
        if (!but.empty()) names.emplace_back("sipdex");
        for (const OutlinedCommand& command : outline_.commands)
            if (command.name != but) names.push_back("sipdex-" + command.name);
        for (std::size_t i = 0; i < names.size(); ++i)
            line(".BR " + escaped(names[i]) + " (1)" + (i + 1 < names.size() ? "," : ""));
    }

    const Outline& outline_;
    const language::Words& words_;
    std::string date_, roff_;
};

}  // namespace

std::vector<ManPage> manual(const Outline& outline, const language::Words& words, const std::string& date) {
    std::vector<ManPage> pages{{"sipdex", Writer(outline, words, date).program()}};
    for (const OutlinedCommand& command : outline.commands)
        pages.push_back({"sipdex-" + command.name, Writer(outline, words, date).page(command)});
    return pages;
}

}  // namespace sipdex::cli
