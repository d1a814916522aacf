// All exchanges to choose from, by the class of the response whose story they tell.
//
//     ▲ 4xx request failure
//       400: a request without Contact            401: registering with a password
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "window/kit/library.h"
#include "window/kit/ui.h"

namespace sipdex::window {

class ExchangeList {
public:
    // The exchange that was pressed.
    std::optional<std::string> draw(Ui& ui, const Rect& where);
    void scroll_by(double distance) { scroll_.at += distance; }

private:
    double class_head(Ui& ui, int digit, double x, double y);  // gives where it ends

    std::vector<ListedExchange> exchanges_;  // asked for once in each language
    std::string language_;
    Scroll scroll_;
};

}  // namespace sipdex::window
