#include "window/desktop/screen_reader.h"

#include <GLFW/glfw3.h>

#include <utility>

#include "language/characters.h"
#include "window/desktop/key_symbol.h"

namespace sipdex::window {

ScreenReader::ScreenReader() : bus_(SIPDEX_VERSION, glfwPostEmptyEvent) {}

void ScreenReader::key(int pressed, int scancode, int action, int mods, std::function<void()> act) {
    if (!bus_.wanted() && !keys_.waiting()) return act();
    if (action == GLFW_REPEAT) return keys_.repeated(scancode, std::move(act));
    const unsigned state = symbol_state(mods), symbol = symbol_of(pressed, scancode, state);
    const char32_t letter = letter_of(symbol);
    accessible::Key key{action == GLFW_PRESS, symbol, x_code(scancode), state};
    key.is_text = letter != 0;
    key.name = letter > U' ' ? language::utf8_of({&letter, 1}) : symbol_name(symbol);
    keys_.key(scancode, bus_.tell(std::move(key)), glfwGetTime(), std::move(act));
}

void ScreenReader::character(std::function<void()> act) { keys_.character(std::move(act)); }

void ScreenReader::take(Workbench& bench) {
    for (const auto& [number, kept] : bus_.take_answers()) keys_.answered(number, kept);
    keys_.hand_on(glfwGetTime());
    if (bus_.wanted() != bench.listened()) {
        bench.listen(bus_.wanted());
        told_.reset();
    }
    for (const accessible::Wish& wish : bus_.take_wishes()) bench.grant(wish);
}

void ScreenReader::tell(GLFWwindow* window, Workbench& bench) {
    if (!bench.listened()) return;
    accessible::Box where;
    glfwGetWindowPos(window, &where.x, &where.y);  // nowhere, on Wayland
    glfwGetWindowSize(window, &where.width, &where.height);
    auto now =
        std::make_shared<const accessible::Tree>(bench.told(glfwGetWindowAttrib(window, GLFW_FOCUSED) != 0, where));
    if (told_ && *told_ == *now) return;
    told_ = now;
    bus_.publish(std::move(now));
}

}  // namespace sipdex::window
