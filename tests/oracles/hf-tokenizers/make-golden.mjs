// Records what Hugging Face tokenizers do, for tests/Nabla.Text.Tests: `npm ci && node make-golden.mjs`.
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const hf = require("tokenizers");
const here = dirname(fileURLToPath(import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "nabla-golden-"));
const endOfText = "<|endoftext|>";
const mergeCount = 500;

const corpus = readFileSync(join(here, "corpus.txt"), "utf8");
const texts = [
  "", " ", "  ", "   ", "\n", "\n\n", "\n\n\n", "\r\n", "\t", "\t\t", " \n ", "a  b", "a \n  b", "  leading", "trailing  ",
  "\u00a0x\u00a0 y", "x\u3000\u3000y", "\u0085\u2028z", "it's 'S 's ''s I'LL we'll've", "don't 'tis", "42 3.14 \u00bd \u2167 \u0663\u0664",
  "\u00e9 e\u0301 \u00c5 \ufb01", "\u043d\u0435\u0449\u043e \u043d\u0430 \u0411\u044a\u043b\u0433\u0430\u0440\u0441\u043a\u0438",
  "\u6f22\u5b57\u304b\u306a\u4ea4\u3058\u308a\u6587", "\u{1f469}\u200d\u{1f469}\u200d\u{1f467} \u{1f999}\u{1f1e9}\u{1f1ea}", "\u{1d4b3}\u{1d4ce}\u{1d7d8}\u{1d7d9} \u{10348}",
  "\0\u0001\u007f\u0080", "\ufeffbom", "\ufffd\uffff", "a\u200db\u200b", endOfText, `x${endOfText}y`, endOfText + endOfText,
  ` ${endOfText} `, "<|endoftext", "_snake_case-kebab", "!!!???...   ;;;", "\u0120\u010a \u0100", "a".repeat(23), "ab".repeat(300),
  "\u1680\u180e", "a'b'c 're've", " '", "'", "' s", "1a2b3c", "a1 b2", "x\u00b2\u00b3", "The baker gave Anna a warm roll.", corpus.slice(0, 600),
];

// A tokenizer.json as Hugging Face writes it after reading ours.
function saved(tokenizer, name) {
  const path = join(scratch, name);
  tokenizer.save(path, false);
  return JSON.parse(readFileSync(path, "utf8"));
}

function parts(model, preTokenizer, postProcessor, decoder, endId) {
  const added = { content: endOfText, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  return JSON.stringify({
    version: "1.0", truncation: null, padding: null, added_tokens: [{ id: endId, ...added }], normalizer: null,
    pre_tokenizer: preTokenizer, post_processor: postProcessor, decoder, model,
  });
}

const encode = async (tokenizer, text) => (await tokenizer.encode(text, null, { addSpecialTokens: false })).getIds();

// Byte-level BPE: trained by Hugging Face, cut to the first merges, the mark first, then the 256 bytes.
const corpusFile = join(scratch, "corpus.txt");
writeFileSync(corpusFile, corpus);
const trained = new hf.Tokenizer(hf.BPE.empty());
trained.setPreTokenizer(hf.byteLevelPreTokenizer(false, true));
trained.train([corpusFile]);
const merges = saved(trained, "trained.json").model.merges.slice(0, mergeCount);
const alphabet = hf.byteLevelAlphabet().sort();
const tokens = [endOfText, ...alphabet, ...merges.map((pair) => pair.join(""))];
const byteLevel = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true };
const bpe = hf.Tokenizer.fromString(parts(
  {
    type: "BPE", dropout: null, unk_token: null, continuing_subword_prefix: null, end_of_word_suffix: null, fuse_unk: false,
    byte_fallback: false, ignore_merges: false, vocab: Object.fromEntries(tokens.map((token, id) => [token, id])), merges,
  },
  byteLevel, byteLevel, byteLevel, 0,
));

// Characters: WordLevel over single code points.
const characters = [...new Set(corpus)].sort((a, b) => a.codePointAt(0) - b.codePointAt(0));
const vocab = Object.fromEntries([...characters, endOfText].map((token, id) => [token, id]));
const chars = hf.Tokenizer.fromString(parts(
  { type: "WordLevel", vocab, unk_token: "<|unknown|>" },
  { type: "Split", pattern: { Regex: "[\\s\\S]" }, behavior: "Isolated", invert: false }, null, { type: "Fuse" }, characters.length,
));

const cases = [];
for (const text of texts) {
  const known = [...text.replaceAll(endOfText, "")].every((c) => characters.includes(c));
  const ids = known ? await encode(chars, text) : null; // null: an error, as there is no unknown token
  if (ids && (await chars.decode(ids, false)) !== text) throw new Error(`characters: ${JSON.stringify(text)}`);
  cases.push({ text, bpe: await encode(bpe, text), chars: ids });
}

// What the splitting takes each code point for: Letter, Number, Space, Other; only where it changes.
const splitter = hf.byteLevelPreTokenizer(false, true);
const isOnePiece = (text) => splitter.preTokenizeString(text).length === 1;
const kinds = [];
for (let c = 0, last = ""; c <= 0x10ffff; c++) {
  if (c >= 0xd800 && c <= 0xdfff) continue;
  const text = String.fromCodePoint(c);
  const kind = isOnePiece("a" + text) ? "L" : isOnePiece("1" + text) ? "N" : isOnePiece("!" + text) ? "O" : "S";
  if (kind !== last) kinds.push(`${kind}${c.toString(16)}`);
  last = kind;
}

const versions = { tokenizers: require("tokenizers/package.json").version, node: process.version };
const golden = { versions, corpus, bpe: saved(bpe, "bpe.json"), chars: saved(chars, "chars.json"), kinds: kinds.join(" "), cases };
writeFileSync(join(here, "../../goldens/tokenizers.json"), JSON.stringify(golden, null, 1) + "\n");
console.log(versions, `${tokens.length} BPE tokens, ${characters.length} characters, ${kinds.length} ranges, ${cases.length} texts`);
