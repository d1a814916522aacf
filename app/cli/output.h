// Where a command's output goes: painted in the format asked for, to standard output or into a file.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include "cli/session.h"
#include "document/document.h"
#include "paint/formats.h"

namespace sipdex::cli {

// The format asked for: by name, by the output's extension, or text. Throws UsageError for an unknown name.
// A command that writes formats of its own names itself.
std::string format_name(const Session& session, std::string_view command = {});
const paint::Format& format_of(const Session& session);
bool is_drawn(const paint::Format& format);  // on paper or as a picture

// Throws UsageError for a paper, form or date that is none, Failure for a logo that cannot be read.
paint::Options paint_options(const Session& session);

// The page in the form that was asked for, and how it is to be painted.
struct Painted {
    document::Document document;
    paint::Options options;
};
Painted as_asked(const Session& session, document::Document document);
Painted as_asked(const OutputOptions& asked, const paint::Options& options, document::Document document);

// Paints and writes; throws Failure when the file cannot be written.
void put(const Session& session, const document::Document& document);
void put_octets(const Session& session, std::string_view octets);
void put_on_standard_output(const language::Words& words, std::string_view octets);

// Writes whole or not at all (file/write.h). Throws Failure with the reason in the reader's words.
void write_file(const language::Words& words, const std::filesystem::path& file, std::string_view octets);

// One sentence: the file, why it cannot be written, the remedy.

}  // namespace sipdex::cli
