// The dialog in which the reader chooses files: the desktop's own, by its portal (org.freedesktop.portal.FileChooser), or
// else zenity or kdialog, where one is installed.
#pragma once
#include "window/kit/outside.h"

namespace sipdex::window {

// Comes back when the reader has chosen or thought better of it.
Outside::Chosen choose_files(const Outside::Question& question);

}  // namespace sipdex::window
