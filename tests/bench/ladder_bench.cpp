// A frame of the simulator with 100 messages, and with 10,000: the second should cost no more than the first.
//
//     ninja bench_ladder && tests/window/bench_ladder
//
// It draws what the window draws, into a list of vertices; handing these to the screen is not measured. At 60
// frames a second a frame may take 16.6 ms.
#include <benchmark/benchmark.h>
#include <imgui.h>

#include "window/sample_library.h"
#include "window/workbench/workbench.h"

namespace {

using namespace sipdex;

class NoTextures : public window::Textures {
public:
    ImTextureID make(int, int) override { return ImTextureID(std::intptr_t(++made_)); }
    void write(ImTextureID, int, int, int, int, const std::uint8_t*) override {}

private:
    int made_ = 0;
};

// The sample exchange again and again, each a few seconds after the other.
class LongLibrary : public test::SampleLibrary {
public:
    explicit LongLibrary(std::size_t messages) : messages_(messages) {}

    window::Replay replay(const std::string& id) override {
        window::Replay once = SampleLibrary::replay(id), many = once;
        const auto& from = once.recording;
        for (std::size_t i = from.messages.size(); i < messages_; ++i) {
            recording::Transmission next = from.messages[i % from.messages.size()];
            const recording::Time later = std::chrono::seconds(6) * (i / from.messages.size());
            next.sent += later;
            if (next.received) *next.received += later;
            many.recording.messages.push_back(std::move(next));
            many.narration.push_back(once.narration[i % once.narration.size()]);
            for (const auto& timer : from.timers) {
                if (i % from.messages.size() != 0) break;
                many.recording.timers.push_back(timer);
                many.recording.timers.back().at += later;
            }
        }
        many.recording.messages.resize(messages_);
        many.recording.ended = many.recording.messages.back().sent;
        return many;
    }

private:
    std::size_t messages_;
};

class Screen {
public:
    explicit Screen(std::size_t messages) : library_(messages), bench_(library_, settings_, textures_, window::Place{"simulator", {}, {"607-unwanted"}}) {
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DisplaySize = {1920, 1080};
        io.DeltaTime = 1 / 60.f;
        unsigned char* pixels = nullptr;
        int wide = 0, high = 0;
        io.Fonts->AddFontDefault();
        io.Fonts->GetTexDataAsAlpha8(&pixels, &wide, &high);
        window::prepare_imgui_keys();
        for (int i = 0; i < 5; ++i) frame();
        window::Event event;            // over the ladder
        event.kind = window::Event::Kind::move;
        event.x = 600;
        event.y = 500;
        bench_.input().add(event);
        frame();
    }
    ~Screen() { ImGui::DestroyContext(context_); }

    void frame() {
        bench_.input().take();
        ImGui::NewFrame();
        bench_.frame(1920, 1080, now_ += 1.0 / 60);
        ImGui::Render();
    }
    void wheel(double by) {
        window::Event event;
        event.kind = window::Event::Kind::wheel;
        event.y = float(by);
        bench_.input().add(event);
    }
    void press(window::Key key) {
        window::Event event;
        event.press.key = key;
        event.down = true;
        bench_.input().add(event);
        event.down = false;
        bench_.input().add(event);
    }

private:
    ImGuiContext* context_ = ImGui::CreateContext();
    LongLibrary library_;
    user::Settings settings_{{}};
    NoTextures textures_;
    double now_ = 0;
    window::Workbench bench_;
};

void at_rest(benchmark::State& state) {
    Screen screen{std::size_t(state.range(0))};
    for (auto _ : state) screen.frame();
}

// Down and up again, two notches of the wheel a frame.
void scrolling(benchmark::State& state) {
    Screen screen{std::size_t(state.range(0))};
    int frame = 0;
    for (auto _ : state) {
        screen.wheel(frame++ / 25 % 2 ? 2 : -2);
        screen.frame();
    }
}

// Scrolling with true time, transactions and timers, and what changed.
void scrolling_with_everything(benchmark::State& state) {
    Screen screen{std::size_t(state.range(0))};
    for (const auto key : {window::Key::t, window::Key::l, window::Key::d}) {
        screen.press(key);
        for (int i = 0; i < 4; ++i) screen.frame();
    }
    int frame = 0;
    for (auto _ : state) {
        screen.wheel(frame++ / 25 % 2 ? 2 : -2);
        screen.frame();
    }
}

// As close together as they can be told apart, with the minimap.
void zoomed_out(benchmark::State& state) {
    Screen screen{std::size_t(state.range(0))};
    screen.press(window::Key::f);
    for (int i = 0; i < 4; ++i) screen.frame();
    int frame = 0;
    for (auto _ : state) {
        screen.wheel(frame++ / 25 % 2 ? 2 : -2);
        screen.frame();
    }
}

BENCHMARK(at_rest)->Arg(100)->Arg(10'000)->Unit(benchmark::kMillisecond);
BENCHMARK(scrolling)->Arg(100)->Arg(10'000)->Unit(benchmark::kMillisecond);
BENCHMARK(scrolling_with_everything)->Arg(100)->Arg(10'000)->Unit(benchmark::kMillisecond);
BENCHMARK(zoomed_out)->Arg(100)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
