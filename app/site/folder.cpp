#include "site/folder.h"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <mutex>
#include <optional>
#include <set>
#include <sstream>
#include <string_view>
#include <thread>
#include <vector>

#include "file/write.h"

namespace sipdex::site {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view first_line = "Files of a site exported by Sipdex; the next export replaces them.";

// A list that somebody has changed must not lead out of the folder.
bool stays_inside(const fs::path& file) {
    return !file.empty() && file.is_relative() && !file.has_root_path() &&
           std::ranges::none_of(file, [](const fs::path& part) { return part == ".." || part == "." || part.empty(); });
}

// Nor must a folder in it that has become a link.
bool lies_inside(const fs::path& folder, const fs::path& file) {
    fs::path at = folder;
    for (const fs::path& part : file.parent_path()) {
        at /= part;
        std::error_code error;
        if (fs::is_symlink(fs::symlink_status(at, error))) return false;
    }
    return true;
}

// The files of the export that stands there; nothing where none does.
std::set<std::string> listed_in(const fs::path& folder, bool& exported) {
    std::set<std::string> files;
    std::ifstream list(folder / list_of_files, std::ios::binary);
    std::string line;
    exported = std::getline(list, line) && line == first_line;
    while (exported && std::getline(list, line))
        if (stays_inside(line)) files.insert(line);
    return files;
}

std::string list_of(const std::set<std::string>& files) {
    std::string list(first_line);
    list += '\n';
    for (const std::string& file : files) list += file + "\n";
    return list;
}

void make_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) throw Obstacle{Obstacle::Why::unwritable, folder, {}, error};
}

void write_file(const fs::path& file, std::string_view octets) {
    if (const std::error_code error = file::write(file, octets))
        throw Obstacle{Obstacle::Why::unwritable, file, {}, error};
}

bool stands(const fs::path& file) {
    std::error_code error;
    return fs::exists(fs::symlink_status(file, error));
}

// What stands there already, as it is to be.
bool is_written(const fs::path& file, const std::string& octets) {
    std::error_code error;
    if (fs::file_size(file, error) != octets.size() || error) return false;
    std::ifstream in(file, std::ios::binary);
    std::ostringstream held;
    held << in.rdbuf();
    return in && held.view() == octets;
}

// Nearly all of the time a file waits for the disk to have it; several wait at once.
void write_files(const fs::path& folder, const Files& files) {
    constexpr int writers = 8;
    std::vector<const Files::value_type*> all;
    for (const auto& each : files) all.push_back(&each);
    std::atomic<std::size_t> next = 0;
    std::mutex lock;
    std::optional<Obstacle> obstacle;
    const auto write = [&] {
        fs::path last;
        for (std::size_t i = next++; i < all.size(); i = next++) try {
                const fs::path file = folder / all[i]->first;
                if (file.parent_path() != last) make_folder(last = file.parent_path());
                if (!is_written(file, all[i]->second)) write_file(file, all[i]->second);
            } catch (const Obstacle& met) {
                const std::lock_guard held(lock);
                obstacle = met;
                next = all.size();
            }
    };
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < writers; ++i) threads.emplace_back(write);
    }
    if (obstacle) throw Obstacle(*obstacle);
}

void refuse_foreign_folder(const fs::path& folder) {
    std::error_code error;
    std::vector<std::string> names;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
        names.push_back(at->path().filename().string());
    if (error) throw Obstacle{Obstacle::Why::unwritable, folder, {}, error};
    if (!names.empty()) throw Obstacle{Obstacle::Why::foreign_folder, folder, *std::ranges::min_element(names)};
}

void refuse_foreign_files(const fs::path& folder, const Files& files, const std::set<std::string>& own) {
    for (const auto& [name, octets] : files)
        if (!own.contains(name) && (stands(folder / name) || !lies_inside(folder, name)))
            throw Obstacle{Obstacle::Why::foreign_file, folder / name};
}

void remove_old(const fs::path& folder, const std::set<std::string>& old, const Files& files) {
    for (const std::string& name : old) {
        if (files.contains(name) || !lies_inside(folder, name)) continue;
        std::error_code ignored;  // what cannot be removed is only left over
        const fs::path file = folder / name;
        if (!fs::is_directory(fs::symlink_status(file, ignored))) fs::remove(file, ignored);
        // Folders that have become empty go, too.
        for (fs::path above = file.parent_path(); above != folder && fs::is_empty(above, ignored) && !ignored;
             above = above.parent_path())
            fs::remove(above, ignored);
    }
}

}  // namespace

void write_folder(const fs::path& folder, const Files& files) {
    make_folder(folder);
    bool exported = false;
    const std::set<std::string> old = listed_in(folder, exported);
    if (!exported) refuse_foreign_folder(folder);
    else refuse_foreign_files(folder, files, old);

    // The list goes first and holds both, so that an export that was broken off is still known as one.
    std::set<std::string> both = old, now;
    for (const auto& [name, octets] : files) now.insert(name);
    both.insert(now.begin(), now.end());
    write_file(folder / list_of_files, list_of(both));
    write_files(folder, files);
    remove_old(folder, old, files);
    write_file(folder / list_of_files, list_of(now));
}

}  // namespace sipdex::site
