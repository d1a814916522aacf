// The window without a screen: it draws what the window draws, into lists of vertices that nobody shows.
#pragma once
#include <imgui.h>

#include "user/settings.h"
#include "window/workbench/workbench.h"

namespace sipdex::bench {

class NoTextures : public window::Textures {
public:
    ImTextureID make(int, int) override { return ImTextureID(std::intptr_t(++made_)); }
    void write(ImTextureID, int, int, int, int, const std::uint8_t*) override {}
    ImTextureID picture(int, int, const std::uint8_t*) override { return make(0, 0); }
    void forget(ImTextureID) override {}

private:
    int made_ = 0;
};

class Headless {
public:
    Headless(window::Library& library, window::Place place);
    ~Headless() { ImGui::DestroyContext(context_); }

    void frame();
    void move(double x, double y);
    void wheel(double by);

private:
    ImGuiContext* context_ = ImGui::CreateContext();
    user::Settings settings_{{}};
    NoTextures textures_;
    double now_ = 0;
    window::Workbench bench_;
};

}  // namespace sipdex::bench
