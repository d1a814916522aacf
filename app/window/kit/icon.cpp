// Icons are drawn, not looked up in a font: they scale, and no machine lacks them.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "window/kit/ink.h"

namespace sipdex::window {

namespace {

// A pen in a box of 16 by 16 units; directions that mean "back" and "forward" are mirrored by the caller.
class Pen {
public:
    Pen(ImDrawList* list, const Rect& screen, bool flip, ImU32 colour)
        : list_(list),
          flip_(flip),
          colour_(colour),
          unit_(std::min(screen.width, screen.height) / 16),
          left_(screen.x + (screen.width - 16 * unit_) / 2),
          top_(screen.y + (screen.height - 16 * unit_) / 2) {}

    void stroke(std::initializer_list<ImVec2> points, bool closed = false, double weight = 1.6) {
        std::vector<ImVec2> path;
        for (const ImVec2& point : points) path.push_back(at(point.x, point.y));
        list_->AddPolyline(path.data(), int(path.size()), colour_, closed ? ImDrawFlags_Closed : ImDrawFlags_None,
                           float(std::max(1.0, weight * unit_)));
    }
    void fill(std::initializer_list<ImVec2> points) {  // convex, clockwise
        std::vector<ImVec2> path;
        for (const ImVec2& point : points) path.push_back(at(point.x, point.y));
        if (flip_) std::reverse(path.begin(), path.end());
        list_->AddConvexPolyFilled(path.data(), int(path.size()), colour_);
    }
    void ring(double x, double y, double radius, double weight = 1.6) {
        list_->AddCircle(at(x, y), float(radius * unit_), colour_, 0, float(std::max(1.0, weight * unit_)));
    }
    void disc(double x, double y, double radius) { list_->AddCircleFilled(at(x, y), float(radius * unit_), colour_); }
    void arc(double x, double y, double radius, double from, double to, double weight = 1.6) {
        std::vector<ImVec2> path;
        for (int i = 0; i <= 20; ++i) {
            const double angle = from + (to - from) * i / 20;
            path.push_back(at(x + radius * std::cos(angle), y + radius * std::sin(angle)));
        }
        list_->AddPolyline(path.data(), int(path.size()), colour_, ImDrawFlags_None,
                           float(std::max(1.0, weight * unit_)));
    }

private:
    ImVec2 at(double x, double y) const {
        return {float(left_ + (flip_ ? 16 - x : x) * unit_), float(top_ + y * unit_)};
    }
    ImDrawList* list_;
    bool flip_;
    ImU32 colour_;
    double unit_, left_, top_;
};

void star(Pen& pen, bool filled) {
    ImVec2 tips[10];
    for (int i = 0; i < 10; ++i) {
        const double angle = std::numbers::pi * (i / 5.0 - 0.5), radius = i % 2 ? 2.9 : 6.8;
        tips[i] = {float(8 + radius * std::cos(angle)), float(8.4 + radius * std::sin(angle))};
    }
    if (filled) {
        for (int i = 0; i < 10; i += 2) pen.fill({tips[(i + 9) % 10], tips[i], tips[i + 1]});
        pen.fill({tips[1], tips[3], tips[5], tips[7], tips[9]});
    }
    pen.stroke({tips[0], tips[1], tips[2], tips[3], tips[4], tips[5], tips[6], tips[7], tips[8], tips[9]}, true, 1.3);
}

bool points_along_the_text(Icon icon) {
    switch (icon) {
        case Icon::back:
        case Icon::forward:
        case Icon::folded:
        case Icon::redirection: return true;
        // The player goes the way of its slider.
        case Icon::play:
        case Icon::step:
        case Icon::step_back:
        case Icon::to_start:
        case Icon::to_end: return true;
        default: return false;
    }
}

void draw(Pen& pen, Icon icon) {
    constexpr double pi = std::numbers::pi;
    switch (icon) {
        case Icon::back: pen.stroke({{10, 3.5f}, {5.5f, 8}, {10, 12.5f}}, false, 1.8); break;
        case Icon::forward: pen.stroke({{6, 3.5f}, {10.5f, 8}, {6, 12.5f}}, false, 1.8); break;
        case Icon::search:
            pen.ring(7, 7, 4.2);
            pen.stroke({{10.2f, 10.2f}, {13.8f, 13.8f}}, false, 1.8);
            break;
        case Icon::close:
        case Icon::lost:
            pen.stroke({{4, 4}, {12, 12}}, false, 1.8);
            pen.stroke({{12, 4}, {4, 12}}, false, 1.8);
            break;
        case Icon::swap:
            pen.stroke({{2.5f, 5.5f}, {13, 5.5f}});
            pen.stroke({{10, 2.5f}, {13, 5.5f}, {10, 8.5f}});
            pen.stroke({{13.5f, 11}, {3, 11}});
            pen.stroke({{6, 8}, {3, 11}, {6, 14}});
            break;
        case Icon::plus:
            pen.stroke({{8, 3}, {8, 13}}, false, 1.8);
            pen.stroke({{3, 8}, {13, 8}}, false, 1.8);
            break;
        case Icon::copy:
            pen.stroke({{5.5f, 5.5f}, {13.5f, 5.5f}, {13.5f, 13.5f}, {5.5f, 13.5f}}, true, 1.4);
            pen.stroke({{3.2f, 10.5f}, {2.5f, 10.5f}, {2.5f, 2.5f}, {10.5f, 2.5f}, {10.5f, 3.2f}}, false, 1.4);
            break;
        case Icon::sheet:
            pen.stroke({{3.5f, 1.8f}, {9.5f, 1.8f}, {12.5f, 4.8f}, {12.5f, 14.2f}, {3.5f, 14.2f}}, true, 1.4);
            pen.stroke({{6, 7.5f}, {10, 7.5f}}, false, 1.3);
            pen.stroke({{6, 10.5f}, {10, 10.5f}}, false, 1.3);
            break;
        case Icon::play: pen.fill({{4.5f, 2.5f}, {13.5f, 8}, {4.5f, 13.5f}}); break;
        case Icon::pause:
            pen.fill({{3.8f, 2.8f}, {6.8f, 2.8f}, {6.8f, 13.2f}, {3.8f, 13.2f}});
            pen.fill({{9.2f, 2.8f}, {12.2f, 2.8f}, {12.2f, 13.2f}, {9.2f, 13.2f}});
            break;
        case Icon::step:
            pen.fill({{4, 3.5f}, {10.5f, 8}, {4, 12.5f}});
            pen.stroke({{12, 3.5f}, {12, 12.5f}}, false, 1.8);
            break;
        case Icon::step_back:
            pen.fill({{12, 3.5f}, {12, 12.5f}, {5.5f, 8}});
            pen.stroke({{4, 3.5f}, {4, 12.5f}}, false, 1.8);
            break;
        case Icon::to_start:
            pen.fill({{13.5f, 4}, {13.5f, 12}, {8.5f, 8}});
            pen.fill({{8.5f, 4}, {8.5f, 12}, {3.5f, 8}});
            pen.stroke({{2.6f, 4}, {2.6f, 12}}, false, 1.6);
            break;
        case Icon::to_end:
            pen.fill({{2.5f, 4}, {7.5f, 8}, {2.5f, 12}});
            pen.fill({{7.5f, 4}, {12.5f, 8}, {7.5f, 12}});
            pen.stroke({{13.4f, 4}, {13.4f, 12}}, false, 1.6);
            break;
        case Icon::unfolded: pen.stroke({{4, 6}, {8, 10}, {12, 6}}, false, 1.6); break;
        case Icon::up: pen.stroke({{4, 10}, {8, 6}, {12, 10}}, false, 1.6); break;
        case Icon::folded: pen.stroke({{6, 4}, {10, 8}, {6, 12}}, false, 1.6); break;
        case Icon::sun:
            pen.ring(8, 8, 3, 1.5);
            for (int ray = 0; ray < 8; ++ray) {
                const double angle = ray * pi / 4;
                const float c = float(std::cos(angle)), s = float(std::sin(angle));
                pen.stroke({{8 + 5.2f * c, 8 + 5.2f * s}, {8 + 6.9f * c, 8 + 6.9f * s}}, false, 1.4);
            }
            break;
        case Icon::moon:
            pen.arc(8, 8, 5.6, -0.15 * pi, 1.35 * pi - 0.0, 1.5);
            pen.arc(11.4, 5.0, 4.6, 0.42 * pi, 1.08 * pi, 1.5);
            break;
        case Icon::contrast:
            pen.ring(8, 8, 5.6, 1.5);
            for (float y = -4.8f; y <= 4.8f; y += 0.8f)
                pen.stroke({{8, 8 + y}, {8 + std::sqrt(std::max(0.f, 5.2f * 5.2f - y * y)), 8 + y}}, false, 0.95);
            break;
        case Icon::help:
            pen.ring(8, 8, 6.2, 1.4);
            pen.arc(8, 6.4, 1.9, -pi, 0.45 * pi, 1.4);
            pen.stroke({{8.3f, 8.1f}, {8, 8.6f}, {8, 9.6f}}, false, 1.4);
            pen.disc(8, 11.6, 0.9);
            break;
        case Icon::check: pen.stroke({{3, 8.5f}, {6.6f, 12}, {13, 4.2f}}, false, 1.8); break;
        case Icon::half:
            pen.ring(8, 8, 6.2, 1.4);
            pen.fill({{8, 14}, {5, 13.2f}, {2.8f, 11}, {2, 8}, {2.8f, 5}, {5, 2.8f}, {8, 2}});
            break;
        case Icon::note:
            pen.ring(8, 8, 6.2, 1.4);
            pen.stroke({{8, 7.2f}, {8, 11.6f}}, false, 1.6);
            pen.disc(8, 4.8, 0.95);
            break;
        case Icon::warning:
            pen.stroke({{8, 2}, {14.6f, 13.6f}, {1.4f, 13.6f}}, true, 1.4);
            pen.stroke({{8, 6.2f}, {8, 9.8f}}, false, 1.5);
            pen.disc(8, 11.8, 0.85);
            break;
        case Icon::star:
        case Icon::starred: star(pen, icon == Icon::starred); break;
        case Icon::pencil:
            pen.stroke({{3, 13}, {3.6f, 10}, {10.6f, 3}, {13, 5.4f}, {6, 12.4f}}, true, 1.4);
            pen.stroke({{8.9f, 4.7f}, {11.3f, 7.1f}}, false, 1.4);
            break;
        case Icon::folder:
            pen.stroke({{1.8f, 13}, {1.8f, 3.4f}, {6.2f, 3.4f}, {7.8f, 5.4f}, {14.2f, 5.4f}, {14.2f, 13}}, true, 1.4);
            break;
        case Icon::print:
            pen.stroke({{4.4f, 6}, {4.4f, 2.2f}, {11.6f, 2.2f}, {11.6f, 6}}, false, 1.4);
            pen.stroke({{4.4f, 11.4f}, {2, 11.4f}, {2, 6}, {14, 6}, {14, 11.4f}, {11.6f, 11.4f}}, false, 1.4);
            pen.stroke({{4.4f, 9.4f}, {11.6f, 9.4f}, {11.6f, 13.8f}, {4.4f, 13.8f}}, true, 1.4);
            break;
        case Icon::home:
            pen.stroke({{2.2f, 8}, {8, 2.6f}, {13.8f, 8}}, false, 1.5);
            pen.stroke({{4, 7}, {4, 13.4f}, {12, 13.4f}, {12, 7}}, false, 1.5);
            break;
        case Icon::minus: pen.stroke({{3, 8}, {13, 8}}, false, 1.8); break;
        case Icon::fit:
            pen.stroke({{2.5f, 6}, {2.5f, 2.5f}, {6, 2.5f}});
            pen.stroke({{10, 2.5f}, {13.5f, 2.5f}, {13.5f, 6}});
            pen.stroke({{13.5f, 10}, {13.5f, 13.5f}, {10, 13.5f}});
            pen.stroke({{6, 13.5f}, {2.5f, 13.5f}, {2.5f, 10}});
            break;
        case Icon::clock:
            pen.ring(8, 8, 6, 1.5);
            pen.stroke({{8, 4.4f}, {8, 8}, {10.6f, 9.8f}}, false, 1.5);
            break;
        case Icon::lanes:
            pen.stroke({{3.5f, 2}, {3.5f, 14}}, false, 1.3);
            pen.fill({{6.6f, 3.5f}, {9, 3.5f}, {9, 10}, {6.6f, 10}});
            pen.stroke({{14, 5.5f}, {11.8f, 5.5f}, {11.8f, 13}, {14, 13}}, false, 1.4);
            break;
        case Icon::differs:
            pen.stroke({{3, 6}, {13, 6}}, false, 1.7);
            pen.stroke({{3, 10}, {13, 10}}, false, 1.7);
            pen.stroke({{10.5f, 2.5f}, {5.5f, 13.5f}}, false, 1.5);
            break;
        case Icon::changes:
            pen.stroke({{8, 2}, {8, 8}}, false, 1.7);
            pen.stroke({{5, 5}, {11, 5}}, false, 1.7);
            pen.stroke({{5, 12.5f}, {11, 12.5f}}, false, 1.7);
            break;
        case Icon::present:
            pen.stroke({{2, 3}, {14, 3}, {14, 11}, {2, 11}}, true, 1.5);
            pen.stroke({{5, 14.2f}, {8, 11}, {11, 14.2f}}, false, 1.4);
            break;
        case Icon::provisional: pen.ring(8, 8, 5, 2); break;
        case Icon::success: pen.stroke({{2.5f, 8.6f}, {6.4f, 12.6f}, {13.5f, 3.6f}}, false, 2.4); break;
        case Icon::redirection:
            pen.arc(7.2, 9.2, 4.6, pi, 2 * pi, 2);
            pen.fill({{8.4f, 8.8f}, {15.2f, 8.8f}, {11.8f, 13.6f}});
            break;
        case Icon::request_failure: pen.fill({{8, 2}, {14.6f, 13.6f}, {1.4f, 13.6f}}); break;
        case Icon::server_failure: pen.fill({{2.8f, 2.8f}, {13.2f, 2.8f}, {13.2f, 13.2f}, {2.8f, 13.2f}}); break;
        case Icon::global_failure:
            pen.fill({{4.9f, 2.4f}, {11.1f, 2.4f}, {14.4f, 8}, {11.1f, 13.6f}, {4.9f, 13.6f}, {1.6f, 8}});
            break;
    }
}

}  // namespace

void Ink::icon(Icon icon, const Rect& box, ImU32 colour) {
    if (!visible(box)) return;
    Pen pen(list_, on_screen(box), mirrored_ && points_along_the_text(icon), colour);
    draw(pen, icon);
}

Icon icon_of_class(int code) {
    switch (code / 100) {
        case 2: return Icon::success;
        case 3: return Icon::redirection;
        case 4: return Icon::request_failure;
        case 5: return Icon::server_failure;
        case 6: return Icon::global_failure;
        default: return Icon::provisional;
    }
}

}  // namespace sipdex::window
