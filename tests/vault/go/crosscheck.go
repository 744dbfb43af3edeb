// Crosscheck holds what Tipline's ledger writes against golang.org/x/mod/sumdb, which shares no
// line with it. It reads a JSON object of cases and writes a JSON object of what it found.
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type proofCase struct {
	Kind   string   // "inclusion" or "consistency"
	Size   int64    // of the tree
	Root   string   // its root hash, base64
	Number int64    // leaf index, or size of the older tree
	Hash   string   // leaf hash, or root of the older tree
	Proof  []string // base64
	IsTrue bool     // what the verdict should be
}

type noteCase struct {
	Note   string
	IsTrue bool
}

type treeCase struct {
	Size    int64
	Root    string
	Indexes []int64 // leaves to prove from tiles
	Olds    []int64 // older sizes to prove from tiles
}

type cases struct {
	Vkey, Skey, TileDir, SignText string
	Notes                         []noteCase
	Proofs                        []proofCase
	Trees                         []treeCase
}

type found struct {
	Faults    []string
	Accepted  int
	Refused   int
	TilesRead int
	Signed    string
	// Proofs built from tiles, in the order of the trees' indexes and olds.
	Built [][]string
}

func main() {
	var in cases
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		panic(err)
	}
	out := found{Faults: []string{}}
	out.checkNotes(in)
	for n, one := range in.Proofs {
		out.judge(fmt.Sprintf("%s proof %d", one.Kind, n), one.check(), one.IsTrue)
	}
	for _, tree := range in.Trees {
		out.readTree(in.TileDir, tree)
	}
	if err := json.NewEncoder(os.Stdout).Encode(out); err != nil {
		panic(err)
	}
}

func (out *found) judge(what string, refusal error, isTrue bool) {
	if refusal == nil {
		out.Accepted++
	} else {
		out.Refused++
	}
	if (refusal == nil) != isTrue {
		out.Faults = append(out.Faults, fmt.Sprintf("%s: should hold: %v; says: %v", what, isTrue, refusal))
	}
}

func (out *found) checkNotes(in cases) {
	verifier, err := note.NewVerifier(in.Vkey)
	out.judge("verifier key", err, true)
	signer, err := note.NewSigner(in.Skey)
	out.judge("signer key", err, true)
	if len(out.Faults) > 0 {
		return
	}
	signed, err := note.Sign(&note.Note{Text: in.SignText}, signer)
	out.judge("signing", err, true)
	out.Signed = string(signed)
	for n, one := range in.Notes {
		opened, err := note.Open([]byte(one.Note), note.VerifierList(verifier))
		if err == nil {
			err = checkText(opened.Text)
		}
		out.judge(fmt.Sprintf("note %d", n), err, one.IsTrue)
	}
}

func checkText(text string) error {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return fmt.Errorf("a checkpoint has three lines")
	}
	if _, err := strconv.ParseInt(lines[1], 10, 64); err != nil {
		return err
	}
	_, err := tlog.ParseHash(lines[2])
	return err
}

func (one proofCase) check() error {
	hashes := make([]tlog.Hash, len(one.Proof))
	for n, text := range one.Proof {
		hashes[n] = hash(text)
	}
	if one.Kind == "inclusion" {
		return tlog.CheckRecord(hashes, one.Size, hash(one.Root), one.Number, hash(one.Hash))
	}
	return tlog.CheckTree(hashes, one.Size, hash(one.Root), one.Number, hash(one.Hash))
}

func (out *found) readTree(dir string, tree treeCase) {
	tiles := &folder{dir: dir}
	reader := tlog.TileHashReader(tlog.Tree{N: tree.Size, Hash: hash(tree.Root)}, tiles)
	root, err := tlog.TreeHash(tree.Size, reader)
	if err == nil && root != hash(tree.Root) {
		err = fmt.Errorf("the tiles give another root")
	}
	out.judge(fmt.Sprintf("tiles of a tree of %d", tree.Size), err, true)
	for _, index := range tree.Indexes {
		proof, err := tlog.ProveRecord(tree.Size, index, reader)
		out.judge(fmt.Sprintf("leaf %d from tiles of %d", index, tree.Size), err, true)
		out.Built = append(out.Built, write(proof))
	}
	for _, old := range tree.Olds {
		proof, err := tlog.ProveTree(tree.Size, old, reader)
		out.judge(fmt.Sprintf("tree of %d from tiles of %d", old, tree.Size), err, true)
		out.Built = append(out.Built, write(proof))
	}
	out.TilesRead += tiles.read
}

// folder reads tiles of height 8 from files named as c2sp.org/tlog-tiles names them.
type folder struct {
	dir  string
	read int
}

func (f *folder) Height() int                         { return 8 }
func (f *folder) SaveTiles(_ []tlog.Tile, _ [][]byte) {}

func (f *folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	bodies := make([][]byte, len(tiles))
	for n, tile := range tiles {
		path := "tile/" + strings.TrimPrefix(tile.Path(), "tile/8/")
		body, err := os.ReadFile(filepath.Join(f.dir, path))
		if err != nil {
			return nil, err
		}
		bodies[n] = body
		f.read++
	}
	return bodies, nil
}

func hash(text string) tlog.Hash {
	parsed, err := tlog.ParseHash(text)
	if err != nil {
		panic(err)
	}
	return parsed
}

func write(hashes []tlog.Hash) []string {
	texts := make([]string, len(hashes))
	for n, one := range hashes {
		texts[n] = base64.StdEncoding.EncodeToString(one[:])
	}
	return texts
}
