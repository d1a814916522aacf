// A dialog is a box in the middle of the window, over the rest of it, which lies in shade.
#pragma once
#include <string>

#include "window/kit/ui.h"

namespace sipdex::window {

// Opens a layer of that name with the box of a dialog on it, as large as asked and the window allows: somewhat above the
// middle, where eyes are. Gives the box. Whoever opened it closes the layer (Ui::close_layer).
Rect open_dialog(Ui& ui, const std::string& name, double width, double height);

// Its name in large letters, at the top of the box.
void dialog_title(Ui& ui, const std::string& name, const Rect& box, double pad);

}  // namespace sipdex::window
