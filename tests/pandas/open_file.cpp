// Prints, as one JSON object, what the page shows of a file: its definitions with their pandas lines, the figures that
// these compute, every corner of both CDFs and some percentiles.
//
//   open_file FILE [NAME]     NAME: what the file is called in the lines (default: FILE without its folder)
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "analysis/answers.h"
#include "analysis/cdf.h"
#include "base/utf8.h"
#include "engine/engine.h"
#include "export/definitions.h"
#include "export/json.h"
#include "export/summary_json.h"

namespace {

using namespace tracedrop;

class Memory : public engine::ByteSource {
 public:
  explicit Memory(std::string bytes) : bytes_(std::move(bytes)) {}
  Bytes read(uint64_t offset, size_t length) override {
    return Bytes::of(std::string_view(bytes_).substr(std::min<size_t>(offset, bytes_.size()), length));
  }
  Bytes all() const { return Bytes::of(bytes_); }

 private:
  std::string bytes_;
};

std::string cdf_json(const analysis::Distribution& distribution) {
  exporting::Json json;
  json.begin_array();
  for (uint32_t k = 0; k < distribution.distinct(); ++k) {
    json.begin_array();
    json.text(std::to_string(distribution.value(k)));
    json.text(std::to_string(distribution.at_most(k)));
    json.end_array();
  }
  json.end_array();
  return json.take();
}

std::string percentiles_json(const analysis::Distribution& distribution, bool is_size) {
  exporting::Json json;
  json.begin_object();
  for (const char* p : {"0", "1", "12.5", "33.3", "99", "99.9", "100"}) {
    if (distribution.empty()) continue;
    json.number(
        p, is_size ? analysis::percentile(distribution, std::stod(p), analysis::Interpolation::numpy)
                   : analysis::percentile(distribution, std::stod(p), analysis::Interpolation::exact, 1'000'000'000));
  }
  json.end_object();
  return json.take();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::string path = argv[1];
  std::ifstream file(path, std::ios::binary);
  Memory memory(std::string(std::istreambuf_iterator<char>(file), {}));
  engine::Engine engine(memory);
  engine.push(memory.all());
  engine.finish();
  if (engine.state() != engine::State::ready) {
    std::cerr << path << ": " << engine.failure() << '\n';
    return 1;
  }
  const std::string name = argc > 2 ? argv[2] : path.substr(path.rfind('/') + 1);
  Utf8Checker utf8;
  utf8.push(memory.all());
  const analysis::Answers answers = analysis::answer(engine.trace(), trace::Selection::all(engine.trace().size()));
  const auto& [size, gaps] = answers.distributions;
  std::cout << "{\"definitions\":" << exporting::definitions_json(engine.trace(), {name, utf8.good()})
            << ",\"summary\":" << exporting::summary_json(engine.trace(), answers)
            << ",\"cdf\":{\"size\":" << cdf_json(size) << ",\"iat\":" << cdf_json(gaps)
            << "},\"percentiles\":{\"size\":" << percentiles_json(size, true)
            << ",\"iat\":" << percentiles_json(gaps, false) << "}}\n";
}
