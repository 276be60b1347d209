// Outside verifies a copy of a published log with Go's own sumdb packages and nothing of ours.
//
//	outside DIR VKEY [older=CHECKPOINT | receipt=RECEIPT | witness=VKEY]...
//
// The root is rebuilt from the entry bundles and every tile compared byte for byte: a reader of tiles alone was seen to
// accept a first tile with a flipped bit.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

// stored holds the hashes of a tree in the order in which sumdb stores them.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(s)) {
			return nil, errors.New("a hash beyond the tree")
		}
		hashes[i] = s[index]
	}
	return hashes, nil
}

// copied is a log as its copy has it.
type copied struct {
	dir     string
	vkey    string
	tree    tlog.Tree
	entries [][]byte
	hashes  stored
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: outside DIR VKEY [older=CHECKPOINT | receipt=RECEIPT | witness=VKEY]...")
		os.Exit(2)
	}
	log := &copied{dir: os.Args[1], vkey: strings.TrimSpace(os.Args[2])}
	if err := log.verify(os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, "outside:", err)
		os.Exit(1)
	}
	fmt.Printf("%d entries, root %v\n", log.tree.N, log.tree.Hash)
}

func (l *copied) verify(more []string) error {
	text, err := os.ReadFile(filepath.Join(l.dir, "checkpoint"))
	if err != nil {
		return err
	}
	if l.tree, err = open(text, l.vkey); err != nil {
		return err
	}
	if err := l.readBundles(); err != nil {
		return err
	}
	root, err := tlog.TreeHash(l.tree.N, l.hashes)
	if err != nil {
		return err
	}
	if root != l.tree.Hash {
		return fmt.Errorf("the bundles give the root %v, the checkpoint says %v", root, l.tree.Hash)
	}
	if err := l.compareTiles(); err != nil {
		return err
	}
	for _, one := range more {
		kind, path, _ := strings.Cut(one, "=")
		if kind == "witness" {
			if err := checkWitness(text, path); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		switch kind {
		case "older":
			err = l.checkOlder(text)
		case "receipt":
			err = l.checkReceipt(text)
		default:
			err = fmt.Errorf("unknown: %s", kind)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

// open verifies a checkpoint's signature before anything of it is read.
func open(text []byte, vkey string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tlog.Tree{}, err
	}
	signed, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, errors.New("not a checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// path is a tile's in C2SP's spelling: sumdb's own names the height and has tiles of data elsewhere.
func path(level string, number int64, width int) string {
	name := fmt.Sprintf("%03d", number%1000)
	for number >= 1000 {
		number /= 1000
		name = fmt.Sprintf("x%03d/%s", number%1000, name)
	}
	if width < 1<<height {
		name += fmt.Sprintf(".p/%d", width)
	}
	return "tile/" + level + "/" + name
}

func (l *copied) readBundles() error {
	for number := int64(0); number<<height < l.tree.N; number++ {
		width := l.tree.N - number<<height
		if width > 1<<height {
			width = 1 << height
		}
		name := path("entries", number, int(width))
		bundle, err := os.ReadFile(filepath.Join(l.dir, name))
		if err != nil {
			return err
		}
		before := len(l.entries)
		for len(bundle) > 0 {
			if len(bundle) < 2 || len(bundle)-2 < int(binary.BigEndian.Uint16(bundle)) {
				return fmt.Errorf("%s ends within an entry", name)
			}
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			hashes, err := tlog.StoredHashes(int64(len(l.entries)), bundle[2:end], l.hashes)
			if err != nil {
				return err
			}
			l.entries = append(l.entries, bundle[2:end])
			l.hashes = append(l.hashes, hashes...)
			bundle = bundle[end:]
		}
		if len(l.entries)-before != int(width) {
			return fmt.Errorf("%s has %d entries", name, len(l.entries)-before)
		}
	}
	return nil
}

func (l *copied) compareTiles() error {
	for level := 0; l.tree.N>>(level*height) > 0; level++ {
		hashes := l.tree.N >> (level * height)
		for number := int64(0); number<<height < hashes; number++ {
			width := hashes - number<<height
			if width > 1<<height {
				width = 1 << height
			}
			want, err := tlog.ReadTileData(tlog.Tile{H: height, L: level, N: number, W: int(width)}, l.hashes)
			if err != nil {
				return err
			}
			name := path(strconv.Itoa(level), number, int(width))
			found, err := os.ReadFile(filepath.Join(l.dir, name))
			if err != nil {
				return err
			}
			if !bytes.Equal(found, want) {
				return fmt.Errorf("%s is not what the entries give", name)
			}
		}
	}
	return nil
}

// checkOlder proves that the log only grew since a checkpoint that somebody kept.
func (l *copied) checkOlder(text []byte) error {
	older, err := open(text, l.vkey)
	if err != nil {
		return err
	}
	proof, err := tlog.ProveTree(l.tree.N, older.N, l.hashes)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, l.tree.N, l.tree.Hash, older.N, older.Hash)
}

// checkWitness verifies a witness's cosignature beneath a checkpoint by hand: sumdb knows signatures of logs only.
func checkWitness(checkpoint []byte, vkey string) error {
	name, rest, _ := strings.Cut(vkey, "+")
	_, material, _ := strings.Cut(rest, "+")
	key, err := base64.StdEncoding.Strict().DecodeString(material)
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != 4 {
		return errors.New("not a key of a witness")
	}
	id := sha256.Sum256(append([]byte(name+"\n"), key...))
	end := bytes.LastIndex(checkpoint, []byte("\n\n"))
	text, lines := string(checkpoint[:end+1]), strings.Split(string(checkpoint[end+2:]), "\n")
	for _, line := range lines {
		encoded := strings.TrimPrefix(line, "— "+name+" ")
		if encoded == line {
			continue
		}
		blob, err := base64.StdEncoding.Strict().DecodeString(encoded)
		if err != nil || len(blob) != 4+8+ed25519.SignatureSize || !bytes.Equal(blob[:4], id[:4]) {
			continue
		}
		message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(blob[4:]), text)
		if !ed25519.Verify(key[1:], []byte(message), blob[12:]) {
			return errors.New("the cosignature does not verify")
		}
		return nil
	}
	return errors.New("no cosignature by this witness")
}

// checkReceipt verifies a tlog-proof by itself, then looks for the same entry in the copy.
func (l *copied) checkReceipt(text []byte) error {
	head, checkpoint, found := bytes.Cut(text, []byte("\n\n"))
	if !found {
		return errors.New("no checkpoint")
	}
	tree, err := open(checkpoint, l.vkey)
	if err != nil {
		return err
	}
	lines := strings.Split(string(head), "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("not a receipt")
	}
	lines = lines[1:]
	var entry []byte
	if carried := strings.TrimPrefix(lines[0], "extra "); carried != lines[0] {
		extra, err := base64.StdEncoding.Strict().DecodeString(carried)
		if err != nil || len(extra) < 32 {
			return errors.New("a malformed extra line")
		}
		hash := sha256.Sum256(append([]byte("zaguan/record/v1\x00"), extra...))
		entry = append([]byte("zaguan/entry/v1\x00"), hash[:]...)
		lines = lines[1:]
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "index "), 10, 64)
	if err != nil {
		return err
	}
	if index >= int64(len(l.entries)) {
		return errors.New("an entry that the copy does not have yet")
	}
	if entry == nil {
		entry = l.entries[index]
	}
	var proof tlog.RecordProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		proof = append(proof, hash)
	}
	if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
		return err
	}
	if !bytes.Equal(entry, l.entries[index]) {
		return errors.New("the copy has another entry there")
	}
	return nil
}
