#include "protocols/application/http/body.h"

#include <algorithm>
#include <charconv>

#include "inflate/inflate_whole.h"
#include "protocols/application/data.h"
#include "protocols/application/http/names.h"
#include "protocols/application/media_types.h"

namespace tracedrop::dissect::http {

namespace {

/// Of what a body is decoded to, so much is shown: a small body may claim to be endless.
constexpr size_t kMostDecoded = size_t{16} << 20;
constexpr size_t kLineBreak = 2;

std::string shown(std::string_view raw) {
  std::string text;
  append_printable(text, raw);
  return text;
}

/// The lines of a chunked body (chunks.h tells the format), and its data.
class ChunkLines {
 public:
  ChunkLines(Layer& in, size_t from) : in_(in), text_(in.all().text()), from_(from), at_(from) {}

  std::string run() {
    const auto body = in_.group_line(from_, text_.size() - from_, "HTTP chunked response");
    size_t count = 0;
    while (at_ < text_.size() && chunk()) ++count;
    const bool is_ended = is_ended_;
    in_.append_title(", has ", Counted{count + (is_ended ? 1 : 0), "chunk", "chunks"},
                     is_ended ? " (including last chunk)" : "");
    return std::move(data_);
  }

 private:
  bool chunk() {
    const Line line = line_or_rest(text_.substr(at_));
    size_t size = 0;
    std::from_chars(line.text.data(), line.text.data() + line.text.size(), size, 16);
    const size_t data_at = at_ + line.length;
    if (size == 0) return last(line);
    size = std::min(size, text_.size() - data_at);
    const size_t end = std::min(data_at + size + kLineBreak, text_.size());
    const auto below = in_.group_line(at_, end - at_, "Data chunk (", size, " octets)");
    in_.add(f.chunk_size, size, at_, line.length);
    in_.add_bytes(f.chunk_data, data_at, size);
    in_.add_bytes(f.chunk_boundary, data_at + size, end - data_at - size);
    data_ += text_.substr(data_at, size);
    at_ = end;
    return true;
  }

  bool last(const Line& line) {
    is_ended_ = true;
    size_t at = at_ + line.length;
    {
      const size_t end = std::min(at + kLineBreak, text_.size());
      const auto below = in_.group_line(at_, end - at_, "End of chunked encoding");
      in_.add(f.chunk_size, 0, at_, line.length);
    }
    while (at < text_.size()) at += trailer_line(at);
    return false;
  }

  size_t trailer_line(size_t at) {
    const Line line = line_or_rest(text_.substr(at));
    const std::string_view whole = text_.substr(at, line.length);
    if (line.text.empty()) {
      in_.line(at, line.length, shown(whole));
    } else {
      in_.add_text(f.trailer, whole, at, line.length);
    }
    return line.length;
  }

  Layer& in_;
  const std::string_view text_;
  const size_t from_;
  size_t at_;
  bool is_ended_ = false;
  std::string data_;
};

void add_data(Layer& in, Bytes bytes) { report_data(*in.tree(), bytes); }

void file_data(Layer& in, Bytes body) {
  in.tree()->add(f.file_data, body);
  in.replace("File Data: ", Counted{body.size(), "byte", "bytes"});
}

/// False when the coding is not known, or the body is none of it; the body is then what it is decoded to.
bool decode(Layer& in, std::string_view coding, Bytes& body) {
  in.tree()->add_line(body);
  in.replace("Content-encoded entity body (", coding, "): ", Counted{body.size(), "byte", "bytes"});
  const uint32_t line = in.tree()->last();
  const std::string type = media_type_of(coding);
  std::string clear;
  if (type == "gzip" || type == "x-gzip" || type == "deflate" || type == "x-deflate")
    clear = inflate::inflate_whole(body, kMostDecoded);
  if (clear.empty()) {
    in.expert(f.decompression_failed, Severity::warning, ExpertGroup::undecoded, f.decompression_failed.title);
    const auto below = in.below();
    add_data(in, body);
    return false;
  }
  in.tree()->append(line, " -> ", Counted{clear.size(), "byte", "bytes"});
  body = in.tree()->add_source("Uncompressed entity body", Bytes::of(clear));
  return true;
}

}  // namespace

void report_body(Layer& in, const Head& head) {
  Bytes body = in.all().from(head.length);
  if (in.tree() == nullptr || body.wire_size() == 0 || body.size() < body.wire_size()) return;
  const size_t size = body.size();
  if (head.chunked) {
    const std::string data = ChunkLines(in, head.length).run();
    body = in.tree()->add_source("De-chunked entity body", Bytes::of(data));
  }
  const std::string coding = media_type_of(head.content_encoding);
  if (!coding.empty() && coding != "identity" && !body.empty() && !decode(in, head.content_encoding, body))
    return in.skip(size);
  file_data(in, body);
  const MediaUse use = report_media(in.context(), head.content_type, body);
  if (use == MediaUse::known || body.empty()) return;
  if (use == MediaUse::none) add_data(in, body);
  in.skip(size);
}

void report_continuation(Layer& in) {
  in.span_all();
  if (in.tree() == nullptr || in.all().empty()) return;
  file_data(in, in.all());
  add_data(in, in.all());
}

}  // namespace tracedrop::dissect::http
