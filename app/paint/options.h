// What a painter may be told: paper, colour, the width of a terminal, and the few words that it adds itself.
#pragma once
#include <chrono>
#include <functional>
#include <string>

#include "document/document.h"
#include "paint/paper.h"

namespace sipdex::paint {

// Filled by whoever knows the reader's language; what stands here are the words' English stand-ins.
struct PaintWords {
    std::function<std::string(int page, int pages)> page_of;     // "Page 1 of 2"; nothing: "1 / 2"
    std::function<std::string(std::chrono::microseconds)> time;  // "0.204 s"; nothing: written so
    std::string differs = "differs";                             // read aloud for ≠
    std::string not_translated = "not translated yet";
    std::string outdated = "older than its English source";
    std::string lost = "lost";                                 // a message that the network dropped
    std::string repeated = "sent again";                       // a retransmission
    std::function<std::string(int items)> left_out;            // "and 3 more"; nothing: "… 3"
    std::function<std::string(const std::string& name)> rest;  // where all of it stands: "300 607"; nothing: not said
};

// What an organisation prints above its sheets.
struct Letterhead {
    std::string name;
    std::string logo;  // a PNG picture, its octets; empty: none
};

struct Options {
    // A sheet is read from top to bottom. What hangs on a wall or lies on a desk is looked at: its tables run through as many
    // columns as the paper has room for, in the largest type that fits `most_pages`.
    enum class Layout { sheet, columns };
    Layout layout = Layout::sheet;
    Paper paper = Paper::a4;
    bool landscape = false;
    bool monochrome = false;
    int most_pages = 0;  // 0: as many as it takes; otherwise type gets smaller, down to 7.5 points, then lists shorter
    bool whole = false;  // nothing is left out: what does not fit `most_pages` in the smallest type takes more pages
    int first_page = 0;  // of a sheet within a book: pages are numbered from here on; 0: on its own
    Letterhead letterhead;
    std::string date;  // in the foot of each page, in the reader's words; empty: none
    std::string day;   // the same as "2026-11-30": what a PDF says of when it was made; empty: always the same day
    int columns = 80;  // of the terminal
    bool colour_terminal = false;
    PaintWords words;
};

std::string page_of(const PaintWords& words, int page, int pages);
std::string time_of(const PaintWords& words, const document::Rung& rung);  // empty where it is not known

// The text as shown: with a remark in brackets where it is not in the document's language or outdated.
document::Text shown(const document::Text& text, const document::Document& in, const PaintWords& words);

// What `shown` adds; empty for a text that needs no remark.
std::string remark_on(const document::Text& text, const document::Document& in, const PaintWords& words);

// The sections as painters show them: the answer itself first, then the others in their order.
std::vector<const document::Section*> in_reading_order(const document::Document& document);

// "607 Unwanted".
std::string code_and_phrase(const document::Masthead& masthead);

// The parts that are not empty, joined by " · ".
std::string joined_by_dots(const std::vector<std::string>& parts);

}  // namespace sipdex::paint
