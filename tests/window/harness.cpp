#include "window/harness.h"

#include <doctest/doctest.h>

#include <chrono>
#include <thread>

namespace sipdex::test {

using window::Event;

Desk::Context::Context() : context(ImGui::CreateContext()) {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DeltaTime = 1 / 60.f;
    io.DisplaySize = {1280, 800};
    io.Fonts->AddFontDefault();
#if IMGUI_VERSION_NUM >= 19200
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
#else
    unsigned char* pixels = nullptr;
    int wide = 0, high = 0;
    io.Fonts->GetTexDataAsAlpha8(&pixels, &wide, &high);
    io.Fonts->SetTexID(ImTextureID(std::intptr_t(1)));
#endif
}

Desk::Context::~Context() { ImGui::DestroyContext(context); }

namespace {

std::unique_ptr<user::Settings> settings_with(const std::map<std::string, std::string>& remembered,
                                              const std::filesystem::path& file) {
    auto settings = file.empty() ? std::make_unique<user::Settings>() : std::make_unique<user::Settings>(file);
    for (const auto& [key, value] : remembered) settings->set(key, value);
    return settings;
}

}  // namespace

Desk::Desk(window::Place first, const std::string& language, double width, double height,
           const std::map<std::string, std::string>& remembered, const std::filesystem::path& file)
    : kept(settings_with(remembered, file)),
      settings(*kept),
      width_(width),
      height_(height),
      bench(library, settings, textures, std::move(first),
            {[this](const std::string& address) { opened.push_back(address); },
             [this](const std::string& sheet) {
                 printed.push_back(sheet);
                 return printer;
             },
             [this](const window::Outside::Question&) { return chosen; },
             {}}) {
    library.with_arabic = language == "ar";
    library.set_language(language);
    bench.ink().record(true);
    frames();
}

Desk::~Desk() = default;

void Desk::frames(int count) {
    for (int i = 0; i < count || bench.input().pending(); ++i) {
        ImGui::GetIO().DisplaySize = {float(width_), float(height_)};
        bench.input().take();
        ImGui::NewFrame();
        bench.frame(width_, height_, now_);
        ImGui::Render();
#if IMGUI_VERSION_NUM >= 19200
        for (auto* texture : ImGui::GetPlatformIO().Textures)
            if (texture->Status != ImTextureStatus_OK) {
                texture->SetTexID(ImTextureID(1));
                texture->SetStatus(ImTextureStatus_OK);
            }
#endif
    }
}

void Desk::pass(double seconds) {
    for (double gone = 0; gone < seconds; gone += 1.0 / 60) {
        now_ += 1.0 / 60;
        frames(1);
    }
}

void Desk::settle() {
    for (int i = 0; i < 60 && bench.moving(); ++i) frames(1);
    // Another thread may have work for the next frame: that takes real time.
    for (int i = 0; i < 1000 && bench.moving(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        frames(1);
    }
    CHECK_FALSE(bench.moving());
}

void Desk::type(const std::string& words) {
    for (const char letter : words) {
        Event event;
        event.kind = Event::Kind::character;
        event.character = static_cast<unsigned char>(letter);
        bench.input().add(event);
    }
    frames();
}

void Desk::press(window::Key key, bool control, bool shift, bool alt) {
    Event event;
    event.press = {key, control, shift, alt};
    event.down = true;
    bench.input().add(event);
    event.down = false;
    bench.input().add(event);
    frames();
}

void Desk::click(const std::string& id) {
    // A row of a list that lies out of sight, beneath the bar too, is scrolled into sight first, as its reader would.
    for (const auto& thing : bench.ui().things())
        if (thing.id == id && thing.kind == "row" &&
            (thing.where.y < bench.ui().px(52) || thing.where.y + thing.where.height > height_)) {
            Event event;
            event.kind = Event::Kind::move;
            event.x = float(bench.ink().on_screen(thing.where).x + 20);
            event.y = float(height_ / 2);
            bench.input().add(event);
            event.kind = Event::Kind::wheel;
            event.x = 0;
            event.y = float((height_ / 2 - thing.where.y) / bench.ui().px(56));
            bench.input().add(event);
            frames(6);
            break;
        }
    for (const auto& thing : bench.ui().things()) {
        if (thing.id != id) continue;
        const auto where = bench.ink().on_screen(thing.where);
        Event event;
        event.kind = Event::Kind::move;
        event.x = float(where.x + where.width / 2);
        event.y = float(where.y + where.height / 2);
        bench.input().add(event);
        event.kind = Event::Kind::button;
        event.down = true;
        bench.input().add(event);
        event.down = false;
        bench.input().add(event);
        frames(6);
        return;
    }
    FAIL("nothing to press is called ", id, "\n", bench.dump());
}

void Desk::drag(const std::string& from, const std::string& to) {
    const auto event = [&](Event::Kind kind, const std::string& words, bool down) {
        for (const auto& written : bench.ink().written()) {
            if (written.words.find(words) == std::string::npos) continue;
            const auto where = bench.ink().on_screen(written.where);
            Event made;
            made.kind = kind;
            made.down = down;
            // Just within the first character, or the last.
            made.x = float(words == from ? where.x + 1 : where.x + where.width - 1);
            made.y = float(where.y + where.height / 2);
            bench.input().add(made);
            return;
        }
        FAIL("nowhere is written ", words, "\n", bench.dump());
    };
    event(Event::Kind::move, from, false);
    event(Event::Kind::button, from, true);
    frames();
    event(Event::Kind::move, to, false);
    frames();
    event(Event::Kind::button, to, false);
    frames();
}

bool Desk::has(const std::string& id) const {
    for (const auto& thing : bench.ui().things())
        if (thing.id == id) return true;
    return false;
}

bool Desk::sees(const std::string& words) const {
    for (const auto& written : const_cast<window::Workbench&>(bench).ink().written())
        if (written.words.find(words) != std::string::npos) return true;
    return false;
}

std::string Desk::here() const {
    const window::Place& place = bench.here();
    std::string words = place.view;
    if (const auto* response = std::get_if<document::ToResponse>(&place.target)) words += " " + response->id;
    if (const auto* term = std::get_if<document::ToTerm>(&place.target)) words += " " + term->id;
    for (const std::string& id : place.ids) words += " " + id;
    return words;
}

}  // namespace sipdex::test
