// How a document leaves the program: what can be chosen for it, what was chosen, and what that will look like.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace sipdex::window {

struct Format {
    std::string id;         // "pdf"
    std::string name;       // "PDF"
    std::string extension;  // ".pdf"
    bool on_paper = false;  // paper, orientation, colours and header mean something
};

// What a page leaves to choose. Ids are those of the command line.
struct SheetOffer {
    std::vector<std::string> forms;   // "card", "short", "full"; empty: it has one form only
    std::vector<std::string> papers;  // "a4" …
    bool handout = false;             // it has answers to hide
    bool upright = true;              // it fits upright paper
};

struct Sheet {
    std::string format;
    std::string form = "full";
    std::string language;  // the document's
    std::string paper = "a4";
    std::string header;  // whose sheet it is, printed above each page
    std::string logo;    // a picture beside it, by its path; empty: none
    bool landscape = false, monochrome = false, handout = false;
    std::string path;

    bool operator==(const Sheet&) const = default;
};

// What a sheet will look like. It is made, asked and put away by one thread, which is not the window's.
class SheetPreview {
public:
    struct Page {
        int width = 0, height = 0;          // dots
        std::vector<std::uint8_t> colours;  // red, green, blue and opacity of each, row by row
    };

    virtual ~SheetPreview() = default;
    virtual int pages() const = 0;     // 0: the format has none
    virtual double shape() const = 0;  // of a page: its height by its width
    virtual Page page(int number, int width) const = 0;
    virtual std::string beginning() const = 0;          // of the file, in a format without pages
    virtual std::string missing() const { return {}; }  // characters that no font has
};

}  // namespace sipdex::window
