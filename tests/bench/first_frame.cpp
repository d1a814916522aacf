// Preloaded into a program with a window: notes when its first frame has been shown, what work and memory it took until
// then, and ends it.
#include <dlfcn.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

namespace {

long resident_kilobytes() {
    long kilobytes = 0;
    if (std::FILE* file = std::fopen("/proc/self/smaps_rollup", "r")) {
        for (char line[256]; std::fgets(line, sizeof line, file);)
            if (std::sscanf(line, "Rss: %ld", &kilobytes) == 1) break;
        std::fclose(file);
    }
    return kilobytes;
}

}  // namespace

extern "C" void glfwSwapBuffers(void* window) {
    void (*real)(void*) = nullptr;
    void* const found = dlsym(RTLD_NEXT, "glfwSwapBuffers");
    std::memcpy(&real, &found, sizeof real);
    real(window);
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const double worked = double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                          double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    if (std::FILE* file = std::fopen(std::getenv("FIRST_FRAME"), "w")) {
        std::fprintf(file, "%.6f %.6f %ld\n", double(now.tv_sec) + double(now.tv_nsec) / 1e9, worked,
                     resident_kilobytes());
        std::fclose(file);
    }
    _exit(0);
}
