#include "bench/headless.h"

namespace sipdex::bench {

namespace {
constexpr double width = 1920, height = 1080;
}

Headless::Headless(window::Library& library, window::Place place)
    : bench_(library, settings_, textures_, std::move(place)) {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {float(width), float(height)};
    io.DeltaTime = 1 / 60.f;
    unsigned char* pixels = nullptr;
    int wide = 0, high = 0;
    io.Fonts->AddFontDefault();
    io.Fonts->GetTexDataAsAlpha8(&pixels, &wide, &high);
}

void Headless::frame() {
    bench_.input().take();
    ImGui::NewFrame();
    bench_.frame(width, height, now_ += 1.0 / 60);
    ImGui::Render();
}

void Headless::move(double x, double y) {
    window::Event event;
    event.kind = window::Event::Kind::move;
    event.x = float(x);
    event.y = float(y);
    bench_.input().add(event);
}

void Headless::wheel(double by) {
    window::Event event;
    event.kind = window::Event::Kind::wheel;
    event.y = float(by);
    bench_.input().add(event);
}

}  // namespace sipdex::bench
