#include "cli/batch.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>
#include <new>
#include <thread>

#include "catalog/catalog.h"
#include "cli/command_line.h"
#include "cli/output.h"
#include "language/characters.h"
#include "page/catalog_trouble.h"

namespace sipdex::cli {

namespace {

using Clock = std::chrono::steady_clock;

// What all processes of a batch see.
struct Board {
    std::atomic<std::size_t> next{0};
    std::atomic<long> written{0}, left_out{0};
    std::atomic<bool> stop{false};
};
static_assert(std::atomic<std::size_t>::is_always_lock_free);

std::atomic<bool>* stop_asked = nullptr;  // for the signal, of which there is one

void ask_to_stop(int) {
    if (stop_asked) *stop_asked = true;
}

// For as long as it lives, Ctrl+C ends the batch between two files.
class StopOnInterrupt {
public:
    explicit StopOnInterrupt(std::atomic<bool>& stop) {
        stop_asked = &stop;
        struct sigaction action {};
        action.sa_handler = ask_to_stop;
        sigaction(SIGINT, &action, &interrupt_);
        sigaction(SIGTERM, &action, &terminate_);
    }
    ~StopOnInterrupt() {
        sigaction(SIGINT, &interrupt_, nullptr);
        sigaction(SIGTERM, &terminate_, nullptr);
        stop_asked = nullptr;
    }
    StopOnInterrupt(const StopOnInterrupt&) = delete;
    StopOnInterrupt& operator=(const StopOnInterrupt&) = delete;

private:
    struct sigaction interrupt_ {
    }, terminate_{};
};

struct Unmap {
    void operator()(Board* board) const {
        board->~Board();
        munmap(board, sizeof(Board));
    }
};
using SharedBoard = std::unique_ptr<Board, Unmap>;

SharedBoard shared_board() {
    void* memory = mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    return SharedBoard(new (memory) Board);
}

void write_next(const Session& session, const Batch& batch, Board& board) {
    while (!board.stop) {
        const std::size_t at = board.next++;
        if (at >= batch.names.size()) return;
        const std::filesystem::path file = batch.folder / batch.names[at];
        if (std::error_code error; batch.resume && std::filesystem::file_size(file, error) > 0 && !error) {
            ++board.left_out;
            continue;
        }
        write_file(session.words, file, batch.octets(session, at));
        ++board.written;
    }
}

// Its own words for whatever went wrong; empty where nothing did.
std::string work(const Session& session, const Batch& batch, Board& board) {
    try {
        write_next(session, batch, board);
        return {};
    } catch (const Failure& failure) {
        return failure.sentence;
    } catch (const catalog::CatalogError& error) {
        return page::sentence_for(session.words, error);
    } catch (const std::exception& error) {
        return error.what();
    }
}

struct Worker {
    pid_t process = -1;
    int pipe = -1;  // what failed, as it is written there; closed where it has ended
    std::string said;
};

Worker started(const Session& session, const Batch& batch, Board& board) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return {};
    const pid_t process = fork();
    if (process != 0) {
        close(ends[1]);
        if (process < 0) close(ends[0]);
        return process < 0 ? Worker{} : Worker{process, ends[0], {}};
    }
    std::string said;
    try {
        const catalog::Catalog catalog(session.catalog.path());
        said = work({catalog, session.words, session.output, session.desk}, batch, board);
    } catch (const catalog::CatalogError& error) {
        said = page::sentence_for(session.words, error);
    }
    if (!said.empty()) board.stop = true;
    [[maybe_unused]] const ssize_t told = write(ends[1], said.data(), said.size());
    _exit(0);  // nothing of the parent's is to be ended a second time
}

class Progress {
public:
    Progress(const Session& session, const Batch& batch) : session_(session), all_(batch.names.size()) {}
    ~Progress() {
        if (shown_) std::fprintf(stderr, "\r\033[K");
    }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void show(const Board& board) {
        if (!on_terminal_ || board.written == 0) return;
        const auto done = static_cast<double>(board.written + board.left_out);
        const double passed = std::chrono::duration<double>(Clock::now() - begun_).count();
        const double rest = passed / static_cast<double>(board.written) * (static_cast<double>(all_) - done);
        const std::string said = session_.words.export_progress(std::to_string(static_cast<long>(done)),
                                                                std::to_string(all_), static_cast<long>(rest + 0.5));
        std::fprintf(stderr, "\r\033[K%s", said.c_str());
        std::fflush(stderr);
        shown_ = true;
    }

private:
    const Session& session_;
    std::size_t all_;
    Clock::time_point begun_ = Clock::now();
    bool on_terminal_ = isatty(STDERR_FILENO) == 1, shown_ = false;
};

// Waits for what the workers say, a fifth of a second at a time.
void attend(std::vector<Worker>& workers, const Board& board, Progress& progress) {
    const auto open = [](const Worker& worker) { return worker.pipe >= 0; };
    while (std::ranges::any_of(workers, open)) {
        std::vector<pollfd> ends;
        for (const Worker& worker : workers) ends.push_back({worker.pipe, POLLIN, 0});
        poll(ends.data(), ends.size(), 200);
        for (std::size_t i = 0; i < workers.size(); ++i) {
            if (workers[i].pipe < 0 || ends[i].revents == 0) continue;
            char octets[4096];
            const ssize_t count = read(workers[i].pipe, octets, sizeof octets);
            if (count > 0) {
                workers[i].said.append(octets, static_cast<std::size_t>(count));
            } else {
                close(workers[i].pipe);
                workers[i].pipe = -1;
            }
        }
        progress.show(board);
    }
}

}  // namespace

BatchDone run_batch(const Session& session, const Batch& batch) {
    const SharedBoard board = shared_board();
    const StopOnInterrupt interrupted(board->stop);
    Progress progress(session, batch);
    const auto jobs = std::min<std::size_t>(static_cast<std::size_t>(batch.jobs), batch.names.size());
    std::vector<Worker> workers;
    std::fflush(nullptr);  // a child must not write what is still to be written here
    // This process tells the progress; where one job is enough or no other could be started, it does the work itself.
    for (std::size_t i = 0; i < jobs && jobs > 1; ++i)
        if (Worker worker = started(session, batch, *board); worker.process > 0) workers.push_back(std::move(worker));
    std::string failed;
    if (workers.empty()) failed = work(session, batch, *board);
    attend(workers, *board, progress);
    for (Worker& worker : workers) {
        int status = 0;
        while (waitpid(worker.process, &status, 0) < 0 && errno == EINTR) {
        }
        if (failed.empty()) failed = worker.said;
        if (failed.empty() && WIFSIGNALED(status)) board->stop = true;
    }
    if (!failed.empty()) throw Failure{failed};
    const long done = board->written + board->left_out;
    return {board->written, board->left_out, done < static_cast<long>(batch.names.size())};
}

int jobs_from(const language::Words& words, const std::string& given) {
    if (given.empty()) return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1u, 64u));
    int jobs = 0;
    const auto [end, problem] = std::from_chars(given.data(), given.data() + given.size(), jobs);
    if (problem != std::errc() || end != given.data() + given.size() || jobs < 1 || jobs > 64)
        throw UsageError{words.usage_jobs(language::shown(given, 40))};
    return jobs;
}

}  // namespace sipdex::cli
