// The operators of a content stream (ISO 32000-1 7.8.2), one after the other.
#pragma once
#include <optional>
#include <string_view>

namespace sipdex::paint {

class Operators {
public:
    explicit Operators(std::string_view content) : content_(content) {}

    struct Operator {
        std::string_view word;  // "BT"
        std::string_view unit;  // with its operands and the space before them, as they stand
    };
    std::optional<Operator> next();
    // What stands behind the last operator.
    std::string_view rest() const { return content_.substr(from_); }

private:
    std::string_view token();
    void skip_string();
    void skip_picture();

    std::string_view content_;
    std::size_t from_ = 0, at_ = 0;  // where the unit begins, how far it has been read
};

}  // namespace sipdex::paint
