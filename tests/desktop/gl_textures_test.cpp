// Glyph textures in a real OpenGL, read back as they are drawn.
#include "window/desktop/gl_textures.h"

#include <GL/gl.h>
#include <GLFW/glfw3.h>
#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "desktop/running.h"

using namespace sipdex::test;
using sipdex::window::GlTextures;

namespace {

constexpr int side = 32;  // of the window that is drawn into

// A window nobody sees, on a screen nobody sees.
class Context {
public:
    explicit Context(const Screen& screen) {
        setenv("DISPLAY", screen.display().c_str(), 1);
        REQUIRE(glfwInit() == GLFW_TRUE);
        glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
        window_ = glfwCreateWindow(side, side, "textures", nullptr, nullptr);
        REQUIRE(window_);
        glfwMakeContextCurrent(window_);
    }
    ~Context() {
        glfwTerminate();
        if (before_.empty()) unsetenv("DISPLAY");
        else setenv("DISPLAY", before_.c_str(), 1);
    }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

private:
    std::string before_ = std::getenv("DISPLAY") ? std::getenv("DISPLAY") : "";
    GLFWwindow* window_ = nullptr;
};

// The texture drawn in a colour over black, each of its pixels as `scale` by `scale`: nothing, half and all of the colour
// as ".", "+" and "#"; what is none of them, or of another colour, as "?".
std::string drawn(ImTextureID texture, int width, int height, const std::array<int, 3>& colour, int scale = 1) {
    glViewport(0, 0, side, side);
    glClearColor(0, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    glMatrixMode(GL_PROJECTION);
    glLoadIdentity();
    glOrtho(0, side, side, 0, -1, 1);
    glEnable(GL_BLEND);
    glBlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA);
    glEnable(GL_TEXTURE_2D);
    glBindTexture(GL_TEXTURE_2D, unsigned(std::intptr_t(texture)));
    // Of the usual kinds none asks a texture of one channel for its opacity.
    glTexEnvi(GL_TEXTURE_ENV, GL_TEXTURE_ENV_MODE, GL_COMBINE);
    glColor3ub(std::uint8_t(colour[0]), std::uint8_t(colour[1]), std::uint8_t(colour[2]));
    glBegin(GL_QUADS);
    for (const auto& [u, v] : {std::pair{0, 0}, {1, 0}, {1, 1}, {0, 1}}) {
        glTexCoord2i(u, v);
        glVertex2i(u * width * scale, v * height * scale);
    }
    glEnd();
    std::vector<std::uint8_t> pixels(std::size_t(side) * side * 4);
    glReadPixels(0, 0, side, side, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
    REQUIRE(glGetError() == GL_NO_ERROR);
    std::string picture;
    for (int y = 0; y < height * scale; ++y) {
        for (int x = 0; x < width * scale; ++x) {
            const std::uint8_t* pixel = &pixels[std::size_t((side - 1 - y) * side + x) * 4];
            const auto is = [&](double part) {
                for (std::size_t i = 0; i < 3; ++i)
                    if (std::abs(pixel[i] - part * colour[i]) > 3) return false;
                return true;
            };
            picture += is(0) ? '.' : is(0.5) ? '+' : is(1) ? '#' : '?';
        }
        picture += '\n';
    }
    return picture;
}

// "#+." as opacities.
std::vector<std::uint8_t> alpha(const std::string& picture) {
    std::vector<std::uint8_t> octets;
    for (const char c : picture)
        if (c != '\n') octets.push_back(c == '#' ? 255 : c == '+' ? 128 : 0);
    return octets;
}

}  // namespace

TEST_CASE("a glyph stands in its texture where it was put, as it was made, in the colour of its word") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(640, 480);
    const Context context(screen);
    {
        GlTextures textures;
        // Whoever drew before may have left rows of another length.
        const auto others = [] {
            glPixelStorei(GL_UNPACK_ROW_LENGTH, 9);
            glPixelStorei(GL_UNPACK_ALIGNMENT, 8);
        };
        others();
        const ImTextureID one = textures.make(7, 5), other = textures.make(7, 5);
        CHECK(one != other);
        const std::string empty = ".......\n.......\n.......\n.......\n.......\n";
        CHECK(drawn(one, 7, 5, {200, 100, 50}) == empty);
        CHECK(drawn(other, 7, 5, {200, 100, 50}) == empty);
        others();
        textures.write(one, 2, 1, 3, 3, alpha("#+.\n.#.\n+.#\n").data());
        const std::string with_a_glyph = ".......\n..#+...\n...#...\n..+.#..\n.......\n";
        CHECK(drawn(one, 7, 5, {200, 100, 50}) == with_a_glyph);
        CHECK(drawn(one, 7, 5, {60, 60, 250}) == with_a_glyph);
        CHECK(drawn(other, 7, 5, {200, 100, 50}) == empty);
        // A neighbour of another size leaves the first as it was.
        others();
        textures.write(one, 5, 0, 1, 4, alpha("#\n+\n#\n+\n").data());
        CHECK(drawn(one, 7, 5, {200, 100, 50}) == ".....#.\n..#+.+.\n...#.#.\n..+.#+.\n.......\n");
        // No pixel takes anything from the one beside it.
        textures.write(other, 0, 0, 2, 2, alpha("#.\n.#\n").data());
        CHECK(drawn(other, 7, 5, {200, 100, 50}, 3).substr(0, 22 * 6) ==
              "###..................\n###..................\n###..................\n"
              "...###...............\n...###...............\n...###...............\n");
        CHECK(glIsTexture(unsigned(std::intptr_t(one))) == GL_TRUE);
    }
    CHECK(glIsTexture(1) == GL_FALSE);  // they end with whoever made them
    CHECK(glIsTexture(2) == GL_FALSE);
}
