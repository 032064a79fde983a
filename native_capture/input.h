// A file to be read, whatever it is: a regular file is read at its places, a pipe as it comes. After one pass of chunks
// the packets' bytes can be read again; what a pipe brings, and what the engine finds in a gzip file, is kept in a
// nameless temporary file for that, as far as there is room for it.
//
// Files change while they are read. All that was read before stays; what cannot be read any more, or may be another
// file's, is never taken for the packets that were there: readable_end() tells how far the file can be believed.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "chunks.h"
#include "engine/engine.h"
#include "platform.h"

namespace tracedrop::native_capture {

class Input : public engine::ByteSource {
 public:
  /// Opens the file ("-": standard input). Throws Failure with what is wrong with it.
  explicit Input(const std::string& path);
  ~Input() override;

  /// Passes the chunks of the file on, in order, until `take` wants no more. With `rereadable`, a Reader works
  /// afterwards.
  void for_each_chunk(const std::function<bool(Bytes)>& take, bool rereadable);
  /// What is worth knowing, a sentence each.
  const std::vector<std::string>& warnings() const { return warnings_; }
  /// Why not all of the file was read: a sentence, also among the warnings; empty when all is well.
  const std::string& problem() const { return problem_; }

  /// Reads what was passed on once more; each thread has one of its own.
  class Reader : public engine::ByteSource {
   public:
    explicit Reader(Input& input) : input_(input) {}
    Bytes read(uint64_t offset, size_t length) override;

   private:
    Input& input_;
    std::vector<uint8_t> buffer_;
  };
  /// Before this place of the (uncompressed) file everything that was read again is what was passed on. Looks at the
  /// file for that.
  uint64_t readable_end();
  /// Why it is not the file's end, as a sentence; empty when it is.
  std::string unreadable_because();
  /// Which file this is.
  std::optional<platform::FileIdentity> identity() const { return platform::identity_of(file_); }

  Bytes read(uint64_t offset, size_t length) override { return own_reader_.read(offset, length); }
  bool keep(Bytes contents) override;

 private:
  void open_spool();
  /// What became of the file since it was opened.
  enum class Change : uint8_t { none, longer, shorter, rewritten };
  Change change(const platform::FileState& now) const;
  bool is_there(uint64_t offset, const std::string& bytes) const;
  void remember(Bytes chunk);
  void look_for_changes();
  void end_readable_at(uint64_t offset, const std::string& why);

  int file_ = -1;
  uint64_t begin_ = 0;                           ///< where in the file the reading began
  std::optional<platform::FileState> at_first_;  ///< a regular file's
  int spool_ = -1;
  uint64_t spool_room_ = 0;  ///< bytes that may still be written into it
  uint64_t kept_ = 0;
  bool keeps_ = false;
  bool in_file_ = false;  ///< a Reader reads the file itself
  // The first and the last bytes that were read: they tell a file that grew from another one written over it.
  std::string head_, tail_;
  uint64_t passed_ = 0;
  std::unique_ptr<ChunkReader> chunks_;
  std::vector<std::string> warnings_;
  std::string problem_;
  Reader own_reader_{*this};

  std::mutex mutex_;  ///< of why_unreadable_
  std::string why_unreadable_;
  std::atomic<uint64_t> readable_end_{UINT64_MAX};
};

}  // namespace tracedrop::native_capture
