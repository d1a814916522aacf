// The words about one subject in a reader's language, with English standing in for what is missing.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sipdex::catalog {

struct Passage {
    std::string id;  // the last part of the key: "pressed-unwanted" of "cause.pressed-unwanted"
    std::string markup;
    std::string language;   // the one it is written in
    bool outdated = false;  // its English source has changed since it was translated
};

class Prose {
public:
    // Passages under their whole keys; `order` lists the keys as their file has them.
    Prose() = default;
    Prose(std::map<std::string, Passage, std::less<>> passages, std::vector<std::string> order)
        : passages_(std::move(passages)), order_(std::move(order)) {}

    // Nothing when no language has it.
    const Passage* find(std::string_view key) const {
        const auto at = passages_.find(key);
        return at == passages_.end() ? nullptr : &at->second;
    }

    // Every passage below a key ("pitfall"), in the order of the English file.
    std::vector<Passage> below(std::string_view key) const {
        std::vector<Passage> found;
        for (const std::string& each : order_)
            if (each.size() > key.size() + 1 && each.starts_with(key) && each[key.size()] == '.')
                found.push_back(passages_.at(each));
        return found;
    }

    // The whole keys in the order of the English file.
    const std::vector<std::string>& keys() const { return order_; }

    bool empty() const { return passages_.empty(); }

private:
    std::map<std::string, Passage, std::less<>> passages_;
    std::vector<std::string> order_;
};

}  // namespace sipdex::catalog
