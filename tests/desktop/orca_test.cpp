// Orca itself reads the window, where it is installed (apt-get install orca speech-dispatcher); what it would say stands in
// its debug file.
#include <doctest/doctest.h>

#include <filesystem>
#include <thread>

#include "desktop/listener.h"
#include "desktop/running.h"

namespace sipdex::test {

namespace {

using namespace std::chrono_literals;

class Orca {
public:
    explicit Orca(const Session& session)
        : said_(folder_.path() / "said"), program_(start(session), session.environment()) {}

    // Whether something is said behind what was heard before that holds these words; waits for it.
    bool hears(const std::string& words, std::chrono::milliseconds deadline = 90s) {
        const auto until = std::chrono::steady_clock::now() + deadline;
        while (std::chrono::steady_clock::now() < until) {
            const std::string all = said();
            for (auto at = all.find(says, heard_); at != std::string::npos; at = all.find(says, at + 1)) {
                const auto end = all.find('\n', at);
                if (end == std::string::npos) break;
                if (all.substr(at, end - at).find(words) == std::string::npos) continue;
                heard_ = end;
                return true;
            }
            std::this_thread::sleep_for(100ms);
        }
        return false;
    }
    // Fails the test, telling what was said, where it is not.
    void hear(const std::string& words) {
        if (hears(words)) return;
        const std::string all = said();
        std::string told;
        for (auto at = all.find(says, heard_); at != std::string::npos; at = all.find(says, at + 1))
            told += all.substr(at, all.find('\n', at) - at) + "\n";
        FAIL("Orca did not say \"", words, "\", but:\n", told);
    }

private:
    static constexpr const char* says = "SPEECH OUTPUT: '";

    std::string said() const { return std::filesystem::exists(said_) ? content_of(said_) : std::string(); }

    // Speech goes to a voice that is none, so that the test needs no sound. What Orca writes to a terminal comes line by
    // line; to a file, when its buffer is full.
    std::vector<std::string> start(const Session& session) const {
        const std::filesystem::path settings =
            std::filesystem::path(session.environment().at("XDG_CONFIG_HOME")) / "speech-dispatcher";
        std::filesystem::create_directories(settings);
        std::filesystem::copy_file(
            folder_.write("speechd.conf", "Timeout 1\nDefaultModule dummy\nAddModule \"dummy\" \"sd_dummy\" \"\"\n"),
            settings / "speechd.conf");
        return {"sh", "-c",
                "exec script -qfc 'exec orca --replace --debug-file=/dev/tty' \"$0\" >/dev/null 2>&1 </dev/null",
                said_.string()};
    }

    TemporaryFolder folder_;
    std::filesystem::path said_;
    Process program_;
    std::size_t heard_ = 0;
};

}  // namespace

TEST_CASE("Orca says what is found, reads the page and tells a replay step by step") {
    std::string why = no_window_here() + no_accessibility_here();
    for (const char* name : {"orca", "speech-dispatcher", "script"})
        if (!has_program(name)) why = std::string(name) + " is not installed";
    if (!why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    const TemporaryFolder home;
    Session session(screen);
    session.start_accessibility();
    Orca orca(session);
    orca.hear("Screen reader on.");
    Running sipdex(screen, home.path(), {{}, session.environment()});
    orca.hear("Sipdex frame.");
    // Orca still asks about the window, and may let a focus that comes meanwhile pass.
    sipdex.key("ctrl+k");
    for (int i = 0; i < 5 && !orca.hears("entry.", 8s); ++i) {
        sipdex.key("Escape");
        sipdex.key("ctrl+k");
    }
    sipdex.type("607");
    orca.hear("notification 607 Unwanted.");
    sipdex.key("Return");
    orca.hear("607 Unwanted document web");
    orca.hear("607 Unwanted heading level 1.");
    sipdex.key("Tab");
    orca.hear("Compare with… push button.");

    sipdex.key("ctrl+3");
    orca.hear("Simulator page tab.");
    orca.hear("notification From holds the caller’s identity.");
    sipdex.key("Right");
    orca.hear("100 Trying.");
    CHECK(sipdex.quit() == 0);
}

}  // namespace sipdex::test
