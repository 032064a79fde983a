// Windows, with Npcap.
//
// Npcap's driver decides who may capture (its installer asks), so there are no rights to raise or drop here.
#include <winsock2.h>
#include <ws2tcpip.h>

#include <windows.h>

#include <iphlpapi.h>

#include <fcntl.h>
#include <fmt/format.h>
#include <io.h>
#include <objbase.h>
#include <pcap/pcap.h>
#include <share.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>

#include "failure.h"
#include "platform.h"

namespace tracedrop::native_capture::platform {
namespace {

std::atomic<const char*> stop_cause{nullptr};
HANDLE stop_event = nullptr;
HANDLE command_process = nullptr;

std::wstring wide(const std::string& text) {
  const int size = MultiByteToWideChar(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), nullptr, 0);
  std::wstring out(static_cast<size_t>(size), L'\0');
  MultiByteToWideChar(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), out.data(), size);
  return out;
}

std::string narrow(const std::wstring& text) {
  const int size =
      WideCharToMultiByte(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), nullptr, 0, nullptr, nullptr);
  std::string out(static_cast<size_t>(size), '\0');
  WideCharToMultiByte(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), out.data(), size, nullptr, nullptr);
  return out;
}

std::string error_text(DWORD error) {
  wchar_t text[512];
  const DWORD size = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, nullptr, error, 0, text,
                                    static_cast<DWORD>(std::size(text)), nullptr);
  std::string words = narrow(std::wstring(text, size));
  while (!words.empty() && (words.back() == '\n' || words.back() == '\r' || words.back() == '.')) words.pop_back();
  return words.empty() ? fmt::format("error {}", error) : words;
}

std::string errno_text() {
  char text[256] = "";
  strerror_s(text, sizeof text, errno);
  return text;
}

BOOL WINAPI on_console_event(DWORD event) {
  if (stop_cause != nullptr) return FALSE;  // asked twice: the system's own handler ends the program
  stop_cause = event == CTRL_C_EVENT ? "Ctrl-C" : event == CTRL_BREAK_EVENT ? "Ctrl-Break" : "the window was closed";
  SetEvent(stop_event);
  // After a closed window or a log-off the process ends when this returns: the main thread needs its time.
  if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) Sleep(10000);
  return TRUE;
}

/// Npcap's name of an interface.
std::string npcap_name(const NET_LUID& luid) {
  GUID guid;
  wchar_t text[40];
  if (ConvertInterfaceLuidToGuid(&luid, &guid) != NO_ERROR || StringFromGUID2(guid, text, 40) == 0) return "";
  return "\\Device\\NPF_" + narrow(text);
}

/// One argument as CommandLineToArgvW takes it apart again.
std::wstring quoted(const std::string& argument) {
  std::wstring out = L"\"";
  size_t backslashes = 0;
  for (const wchar_t c : wide(argument)) {
    if (c == L'"') out.append(backslashes + 1, L'\\');
    backslashes = c == L'\\' ? backslashes + 1 : 0;
    out += c;
  }
  return out.append(backslashes, L'\\') + L'"';
}

HANDLE handle_of(int file) { return reinterpret_cast<HANDLE>(_get_osfhandle(file)); }

std::optional<FileIdentity> identity_of_handle(HANDLE handle) {
  BY_HANDLE_FILE_INFORMATION information;
  if (handle == INVALID_HANDLE_VALUE || GetFileType(handle) != FILE_TYPE_DISK ||
      !GetFileInformationByHandle(handle, &information))
    return std::nullopt;
  return FileIdentity{information.dwVolumeSerialNumber,
                      uint64_t{information.nFileIndexHigh} << 32 | information.nFileIndexLow};
}

}  // namespace

void prepare_standard_streams() {
  // What is opened first would get the number of a stream that is closed; each is opened the wrong way round, so that
  // using it fails instead of losing data silently.
  for (const int stream : {0, 1, 2}) {
    if (_get_osfhandle(stream) >= 0) continue;
    int null = -1;
    _wsopen_s(&null, L"NUL", stream == 1 ? _O_RDONLY : _O_WRONLY, _SH_DENYNO, _S_IREAD | _S_IWRITE);
    if (null >= 0 && null != stream) {
      _dup2(null, stream);
      _close(null);
    }
  }
  _setmode(kStandardInput, _O_BINARY);
  _setmode(kStandardOutput, _O_BINARY);
  SetConsoleOutputCP(CP_UTF8);
  WSADATA data;
  WSAStartup(MAKEWORD(2, 2), &data);
}

void lower_rights() {}
RaisedRights::RaisedRights() = default;
RaisedRights::~RaisedRights() {}
void drop_rights(bool) {}
void refuse_new_rights() {}
std::string run_without_rights(const std::function<std::string()>& work) { return work(); }
// libpcap's handles are not inherited, and files are opened with _O_NOINHERIT.
void keep_to_this_process(pcap_t*) {}
std::string acting_for() { return ""; }

std::string rights_recipe(bool) {
  return "Install Npcap (https://npcap.com) with \"WinPcap API-compatible mode\" and without \"Restrict Npcap "
         "driver's\n"
         "access to Administrators only\"; or run this program from a terminal opened with \"Run as administrator\".";
}

std::optional<std::string> interface_of_route(const IpAddress& address) {
  SOCKADDR_INET to{};
  if (address.is_v6()) {
    to.Ipv6.sin6_family = AF_INET6;
    std::memcpy(&to.Ipv6.sin6_addr, address.bytes(), 16);
    to.Ipv6.sin6_scope_id = address.scope();
  } else {
    to.Ipv4.sin_family = AF_INET;
    std::memcpy(&to.Ipv4.sin_addr, address.bytes(), 4);
  }
  DWORD index = 0;
  NET_LUID luid;
  if (GetBestInterfaceEx(reinterpret_cast<sockaddr*>(&to), &index) != NO_ERROR ||
      ConvertInterfaceIndexToLuid(index, &luid) != NO_ERROR)
    return std::nullopt;
  MIB_IF_ROW2 row{};
  row.InterfaceLuid = luid;
  // What stays on this computer is captured on Npcap's own loopback adapter.
  if (GetIfEntry2(&row) == NO_ERROR && row.Type == IF_TYPE_SOFTWARE_LOOPBACK) return "\\Device\\NPF_Loopback";
  const std::string name = npcap_name(luid);
  return name.empty() ? std::nullopt : std::optional(name);
}

std::vector<InterfaceCounters> read_counters() {
  std::vector<InterfaceCounters> all;
  MIB_IF_TABLE2* table = nullptr;
  if (GetIfTable2(&table) != NO_ERROR) return all;
  for (ULONG i = 0; i < table->NumEntries; ++i) {
    const MIB_IF_ROW2& row = table->Table[i];
    InterfaceCounters counters;
    counters.name = npcap_name(row.InterfaceLuid);
    counters.packets = row.InUcastPkts + row.InNUcastPkts + row.OutUcastPkts + row.OutNUcastPkts;
    counters.bytes = row.InOctets + row.OutOctets;
    counters.dropped = row.InDiscards;
    // Filter drivers show every adapter again, with the same counts.
    if (!counters.name.empty() && row.InterfaceAndOperStatusFlags.FilterInterface == 0) all.push_back(counters);
  }
  FreeMibTable(table);
  return all;
}

void catch_stop_requests() {
  stop_event = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  SetConsoleCtrlHandler(on_console_event, TRUE);
}

const char* stop_request() { return stop_cause; }

void forget_stop_request() {
  ResetEvent(stop_event);
  stop_cause = nullptr;
}

void wait_for_packets(const std::vector<pcap_t*>& captures, std::chrono::milliseconds timeout) {
  std::vector<HANDLE> waiting;
  if (stop_event != nullptr && stop_cause == nullptr) waiting.push_back(stop_event);
  if (command_process != nullptr) waiting.push_back(command_process);
  for (pcap_t* capture : captures) waiting.push_back(pcap_getevent(capture));
  const auto count = static_cast<DWORD>(std::min<size_t>(waiting.size(), MAXIMUM_WAIT_OBJECTS));
  if (count == 0)
    Sleep(static_cast<DWORD>(timeout.count()));
  else
    WaitForMultipleObjects(count, waiting.data(), FALSE, static_cast<DWORD>(timeout.count()));
}

void come_after_others() { SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_BELOW_NORMAL); }

struct Command::Impl {
  HANDLE process = nullptr;
};

Command::Command(const std::vector<std::string>& argv) : impl_(std::make_unique<Impl>()) {
  std::wstring line;
  for (const std::string& argument : argv) line += (line.empty() ? L"" : L" ") + quoted(argument);
  STARTUPINFOW startup{};
  startup.cb = sizeof startup;
  PROCESS_INFORMATION started{};
  if (!CreateProcessW(nullptr, line.data(), nullptr, nullptr, TRUE, 0, nullptr, nullptr, &startup, &started))
    throw unusable(fmt::format("the command '{}' cannot be run: {}", argv.front(), error_text(GetLastError())));
  CloseHandle(started.hThread);
  impl_->process = command_process = started.hProcess;
}

Command::~Command() {
  command_process = nullptr;
  CloseHandle(impl_->process);
}

std::optional<int> Command::ended() {
  DWORD status = 0;
  if (WaitForSingleObject(impl_->process, 0) != WAIT_OBJECT_0) return std::nullopt;
  command_process = nullptr;  // nothing more to wait for
  return GetExitCodeProcess(impl_->process, &status) ? static_cast<int>(status) : 0;
}

bool stderr_is_terminal() { return _isatty(2) != 0; }
bool stdout_is_terminal() { return _isatty(1) != 0; }

int terminal_columns() {
  CONSOLE_SCREEN_BUFFER_INFO info;
  if (!GetConsoleScreenBufferInfo(GetStdHandle(STD_ERROR_HANDLE), &info)) return 80;
  return info.srWindow.Right - info.srWindow.Left + 1;
}

FileKind file_kind(const std::string& path) {
  if (path == "NUL" || path.compare(0, 4, "\\\\.\\") == 0) return FileKind::special;
  const DWORD attributes = GetFileAttributesW(wide(path).c_str());
  if (attributes == INVALID_FILE_ATTRIBUTES) return FileKind::absent;
  return (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? FileKind::directory : FileKind::regular;
}

std::optional<FileIdentity> identity_of(const std::string& path) {
  // Without any access right, so that a file that is in use can be asked, too.
  const HANDLE handle = CreateFileW(wide(path).c_str(), 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                    nullptr, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr);
  const std::optional<FileIdentity> identity = identity_of_handle(handle);
  if (handle != INVALID_HANDLE_VALUE) CloseHandle(handle);
  return identity;
}

std::optional<FileIdentity> identity_of(int file) { return identity_of_handle(handle_of(file)); }

std::string link_target(const std::string& path) { return path; }

int create_new(const std::string& path, std::string& error, bool& exists) {
  int file = -1;
  _wsopen_s(&file, wide(path).c_str(), _O_WRONLY | _O_CREAT | _O_EXCL | _O_BINARY | _O_NOINHERIT, _SH_DENYNO,
            _S_IREAD | _S_IWRITE);
  exists = file < 0 && errno == EEXIST;
  if (file < 0) error = errno_text();
  return file;
}

int open_special(const std::string& path, std::string& error) {
  int file = -1;
  _wsopen_s(&file, wide(path).c_str(), _O_WRONLY | _O_BINARY | _O_NOINHERIT, _SH_DENYNO, _S_IWRITE);
  if (file < 0) error = errno_text();
  return file;
}

int open_for_reading(const std::string& path, std::string& error) {
  int file = -1;
  _wsopen_s(&file, wide(path).c_str(), _O_RDONLY | _O_BINARY | _O_NOINHERIT, _SH_DENYNO, _S_IREAD);
  if (file < 0) error = errno_text();
  return file;
}

std::string temporary_folder() {
  wchar_t folder[MAX_PATH + 1];
  return GetTempPathW(MAX_PATH, folder) == 0 ? "the folder of temporary files" : narrow(folder);
}

std::optional<uint64_t> free_space(int) {
  wchar_t folder[MAX_PATH + 1];
  ULARGE_INTEGER free;
  if (GetTempPathW(MAX_PATH, folder) == 0 || !GetDiskFreeSpaceExW(folder, &free, nullptr, nullptr)) return std::nullopt;
  return free.QuadPart;
}

std::optional<FileState> state_of(int file) {
  LARGE_INTEGER size;
  FILETIME changed;
  if (GetFileType(handle_of(file)) != FILE_TYPE_DISK || !GetFileSizeEx(handle_of(file), &size) ||
      !GetFileTime(handle_of(file), nullptr, nullptr, &changed))
    return std::nullopt;
  const int64_t ticks = int64_t{changed.dwHighDateTime} << 32 | changed.dwLowDateTime;  // of 100 ns
  return FileState{static_cast<uint64_t>(size.QuadPart), ticks};
}

uint64_t position_of(int file) { return static_cast<uint64_t>(std::max<int64_t>(_telli64(file), 0)); }

int open_nameless(std::string& error) {
  wchar_t folder[MAX_PATH + 1], path[MAX_PATH + 1];
  if (GetTempPathW(MAX_PATH, folder) == 0 || GetTempFileNameW(folder, L"ncap", 0, path) == 0) {
    error = "no temporary file: " + error_text(GetLastError());
    return -1;
  }
  int file = -1;
  _wsopen_s(&file, path, _O_RDWR | _O_BINARY | _O_NOINHERIT | _O_TEMPORARY, _SH_DENYNO, _S_IREAD | _S_IWRITE);
  if (file < 0) error = errno_text();
  return file;
}

int64_t read_some(int file, void* data, size_t size, std::string& error) {
  const int count = _read(file, data, static_cast<unsigned>(std::min<size_t>(size, INT_MAX)));
  if (count < 0) error = errno_text();
  return count;
}

int64_t read_at(int file, uint64_t offset, void* data, size_t size, std::string& error) {
  OVERLAPPED place{};
  place.Offset = static_cast<DWORD>(offset);
  place.OffsetHigh = static_cast<DWORD>(offset >> 32);
  DWORD count = 0;
  if (ReadFile(handle_of(file), data, static_cast<DWORD>(std::min<size_t>(size, INT_MAX)), &count, &place))
    return count;
  const DWORD why = GetLastError();
  if (why == ERROR_HANDLE_EOF) return 0;
  error = error_text(why);
  return -1;
}

size_t write_until_stopped(int file, const void* data, size_t size, std::string& error) {
  return write_all(file, data, size, error);
}

size_t write_all(int file, const void* data, size_t size, std::string& error) {
  const char* at = static_cast<const char*>(data);
  size_t written = 0;
  while (written < size) {
    const int count = _write(file, at + written, static_cast<unsigned>(std::min<size_t>(size - written, INT_MAX)));
    if (count <= 0) {
      error = errno == EPIPE ? kReaderGone : errno_text();
      break;
    }
    written += static_cast<size_t>(count);
  }
  return written;
}

bool truncate_file(int file, uint64_t size) {
  return _chsize_s(file, static_cast<int64_t>(size)) == 0 && _lseeki64(file, static_cast<int64_t>(size), SEEK_SET) >= 0;
}

bool close_file(int file, std::string& error) {
  if (_close(file) == 0) return true;
  error = errno_text();
  return false;
}

bool rename_file(const std::string& from, const std::string& to, bool replace, std::string& error, bool& exists) {
  const DWORD flags = replace ? MOVEFILE_REPLACE_EXISTING : 0;
  if (MoveFileExW(wide(from).c_str(), wide(to).c_str(), flags)) return true;
  const DWORD why = GetLastError();
  exists = why == ERROR_ALREADY_EXISTS || why == ERROR_FILE_EXISTS;
  error = error_text(why);
  return false;
}

void remove_file(const std::string& path) { DeleteFileW(wide(path).c_str()); }

std::string program_path() {
  wchar_t path[32768];
  const DWORD size = GetModuleFileNameW(nullptr, path, static_cast<DWORD>(std::size(path)));
  return size > 0 ? narrow(std::wstring(path, size)) : "native_capture";
}

std::string system_name() { return "Windows"; }

}  // namespace tracedrop::native_capture::platform
