// A workbench without a window: frames are drawn into nothing, and a test presses, types and reads.
#pragma once
#include <imgui.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "support/text.h"
#include "window/sample_library.h"
#include "window/workbench/workbench.h"

namespace sipdex::test {

class NoTextures : public window::Textures {
public:
    ImTextureID make(int, int) override { return ImTextureID(std::intptr_t(++made)); }
    void write(ImTextureID, int, int, int, int, const std::uint8_t*) override { ++written; }
    ImTextureID picture(int, int, const std::uint8_t*) override {
        ++pictures;
        return make(0, 0);
    }
    void forget(ImTextureID) override { --pictures; }
    int made = 0, written = 0;
    int pictures = 0;  // that were not given back
};

class Desk {
public:
    // `remembered` is what the reader chose earlier; without a file it is kept in memory.
    explicit Desk(window::Place first = {}, const std::string& language = "en", double width = 1280,
                  double height = 800, const std::map<std::string, std::string>& remembered = {},
                  const std::filesystem::path& file = {});
    ~Desk();

    void frames(int count = 4);  // real seconds do not pass
    void pass(double seconds);   // they do, in frames of 1/60 s
    void settle();               // until nothing moves any more
    void type(const std::string& words);
    void press(window::Key key, bool control = false, bool shift = false, bool alt = false);
    void click(const std::string& id);  // fails the test when there is no such thing
    // Presses where one word stands, moves to another and lets go: the first of these words that the screen shows.
    void drag(const std::string& from, const std::string& to);
    bool has(const std::string& id) const;
    bool sees(const std::string& words) const;  // on the screen, in one run of text
    std::string here() const;                   // "reference 607", "compare 300 607"

    SampleLibrary library;
    std::unique_ptr<user::Settings> kept;
    user::Settings& settings;
    NoTextures textures;
    // What was shown by other programs, and what the printer was given and answers.
    std::vector<std::string> opened, printed;
    window::Outside::Printed printer;
    window::Outside::Chosen chosen;  // what a dialog for files answers

private:
    struct Context {
        Context();
        ~Context();
        ImGuiContext* context;
    } context_;
    double width_, height_, now_ = 0;

public:
    window::Workbench bench;
};

}  // namespace sipdex::test
