// Sheets a second beside headless Chromium and WeasyPrint, which print our own HTML of the same pages. All are whole
// processes: start, fonts and end included.
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "bench/table.h"
#include "support/text.h"

namespace sipdex::bench {

namespace {

namespace fs = std::filesystem;

struct Spent {
    double wall = 0, processor = 0;  // seconds
};

double seconds(const timeval& time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; }

double processor_of_children() {
    rusage used{};
    getrusage(RUSAGE_CHILDREN, &used);
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// Runs a line of the shell to its end and counts what every process that came of it has worked: orphans are inherited.
Spent spent_on(const std::string& line) {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    const double before = processor_of_children();
    Spent spent;
    int status = 0;
    spent.wall = wall_seconds([&] {
        const pid_t child = fork();
        if (child == 0) {
            execl("/bin/sh", "sh", "-c", ("exec " + line + " > /dev/null 2>&1").c_str(), nullptr);
            _exit(127);
        }
        while (waitpid(child, &status, 0) < 0) {
        }
    });
    while (wait(nullptr) > 0) {
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw std::runtime_error("failed: " + line.substr(0, 120));
    spent.processor = processor_of_children() - before;
    return spent;
}

// As many as there are, or fewer, spread over all of them.
std::vector<fs::path> some_of(const std::vector<fs::path>& files, std::size_t most) {
    std::vector<fs::path> chosen;
    for (std::size_t i = 0; i < std::min(most, files.size()); ++i)
        chosen.push_back(files[i * files.size() / std::min(most, files.size())]);
    return chosen;
}

std::string quoted(const std::vector<fs::path>& files) {
    std::string all;
    for (const fs::path& file : files) all += " '" + file.string() + "'";
    return all;
}

class Bench {
public:
    explicit Bench(int rounds) : rounds_(rounds) {
        sipdex("export --what pairs --format html -o '" + html().string() + "'");
        for (const auto& file : fs::directory_iterator(html())) pages_.push_back(file.path());
        std::ranges::sort(pages_);
    }

    Lines measured() {
        const Spent one = typical([&] { return sipdex("compare 300 607 -o '" + (out() / "one.pdf").string() + "'"); });
        const Spent all =
            typical([&] { return sipdex("export --what pairs --format pdf --jobs 1 -o '" + out().string() + "'"); });
        const fs::path same = html() / "300-vs-607.html";
        if (test::has_program("chromium")) {
            compare("one sheet", one, 1, "Chromium", typical([&] { return chromium(same); }), 1, 10);
            compare(fmt::format("{} sheets", pages_.size()), all, pages_.size(), "Chromium driven over all",
                    many("chromium", pages_), pages_.size(), 50);
            const auto some = some_of(pages_, 8);
            Spent each;
            for (const fs::path& page : some) {
                const Spent spent = chromium(page);
                each.wall += spent.wall;
                each.processor += spent.processor;
            }
            compare(fmt::format("{} sheets", pages_.size()), all, pages_.size(),
                    fmt::format("a Chromium for each, {} tried", some.size()), each, some.size(), 50);
        } else {
            lines_.push_back({"sheets beside Chromium", "not measured: chromium is missing"});
        }
        if (test::has_program("weasyprint")) {
            compare("one sheet", one, 1, "WeasyPrint", spent_on("weasyprint" + quoted({same}) + " '" + other() + "'"),
                    1, 0);
            const auto some = some_of(pages_, 5);
            compare(fmt::format("{} sheets", pages_.size()), all, pages_.size(),
                    fmt::format("one WeasyPrint over {}", some.size()), many("weasyprint", some), some.size(), 0);
        } else {
            lines_.push_back({"sheets beside WeasyPrint", "not measured: weasyprint is missing"});
        }
        return std::move(lines_);
    }

private:
    fs::path html() const { return folder_.path() / "html"; }
    fs::path out() const { return folder_.path() / "pdf"; }
    std::string other() const { return (folder_.path() / "other.pdf").string(); }

    Spent sipdex(const std::string& arguments) const {
        fs::create_directories(out());
        return spent_on("env LC_ALL=C.UTF-8 XDG_DATA_HOME='" + folder_.path().string() + "' " BENCH_SIPDEX " " +
                        arguments);
    }
    Spent chromium(const fs::path& page) const {
        const test::TemporaryFolder home;
        return spent_on("chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --user-data-dir='" +
                        home.path().string() + "' --print-to-pdf='" + other() + "' 'file://" + page.string() + "'");
    }
    Spent many(const std::string& printer, const std::vector<fs::path>& pages) const {
        return spent_on("/usr/bin/python3 '" BENCH_PRINT_MANY "' " + printer + " '" +
                        (folder_.path() / printer).string() + "'" + quoted(pages));
    }

    template <class Work>
    Spent typical(Work work) const {
        std::vector<double> wall, processor;
        for (int round = 0; round < rounds_; ++round) {
            const Spent spent = work();
            wall.push_back(spent.wall);
            processor.push_back(spent.processor);
        }
        return {median(wall), median(processor)};
    }

    // By the clock and by the time that processors worked; the goal, if there is one, is for the latter.
    void compare(const std::string& what, const Spent& ours, std::size_t count, const std::string& whom,
                 const Spent& theirs, std::size_t of, double goal) {
        const auto rate = [](std::size_t sheets, double time) { return double(sheets) / time; };
        const auto line = [&](const std::string& by, double mine, double other) {
            return Line{what + by, fmt::format("{:.1f} sheets/s", rate(count, mine)),
                        fmt::format("{:.2f} sheets/s, {}", rate(of, other), whom), rate(count, mine) / rate(of, other)};
        };
        Line worked = line(" by processor time", ours.processor, theirs.processor);
        lines_.push_back(goal > 0 ? at_least(std::move(worked), goal) : std::move(worked));
        lines_.push_back(line(" by the clock", ours.wall, theirs.wall));
    }

    const test::TemporaryFolder folder_;
    int rounds_;
    std::vector<fs::path> pages_;
    Lines lines_;
};

}  // namespace

Lines sheets(int rounds) { return Bench(rounds).measured(); }

}  // namespace sipdex::bench
