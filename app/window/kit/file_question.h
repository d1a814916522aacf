// The desktop's dialog for files, asked without keeping the window waiting.
#pragma once
#include <future>

#include "window/kit/outside.h"

namespace sipdex::window {

// Ready when the reader has chosen or thought better of it; nobody waits for that when the window is closed. Needs
// outside.choose.
std::future<Outside::Chosen> ask_for_files(const Outside& outside, const Outside::Question& question);

bool is_answered(const std::future<Outside::Chosen>& answer);

}  // namespace sipdex::window
