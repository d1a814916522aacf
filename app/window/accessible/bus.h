// The window on the accessibility bus (AT-SPI): it sleeps until somebody asks for accessibility, then answers a screen
// reader from the tree it was given last, on a thread of its own.
//
// So a resting window answers without drawing, and a frame waits for nobody. Without a session bus, or with NO_AT_BRIDGE
// set, nothing runs. A bus or registry that ends and comes back is found again.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "window/accessible/node.h"

namespace sipdex::window::accessible {

// A key as X has it.
struct Key {
    bool down = false;
    unsigned symbol = 0, code = 0, modifiers = 0;
    std::string name = {};  // its letter, or "Return"
    bool is_text = false;
};

class Bus {
public:
    // `wake` is called from the thread when there is something to be taken, or somebody has begun or ceased to listen.
    Bus(std::string version, std::function<void()> wake);
    ~Bus();
    Bus(const Bus&) = delete;
    Bus& operator=(const Bus&) = delete;

    bool wanted() const;  // somebody listens: trees are to be published
    void publish(std::shared_ptr<const Tree> tree);
    std::vector<Wish> take_wishes();

    // A screen reader hears of a key before the window acts on it, and may keep it for itself. The answer comes later,
    // under the number that this gives; it may never come.
    unsigned tell(Key key);
    struct Answer {
        unsigned number = 0;
        bool kept = false;
    };
    std::vector<Answer> take_answers();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;  // none where there is no session bus
};

}  // namespace sipdex::window::accessible
