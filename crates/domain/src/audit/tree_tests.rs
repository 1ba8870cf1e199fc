use proptest::prelude::*;

use super::*;

fn unhex(text: &str) -> Hash {
    let mut out = [0; 32];
    for (i, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).expect("hexadecimal");
    }
    out
}

/// The eight leaves that implementations of RFC 6962 are commonly held to, with the roots over the first 1, 2, 3 … 8.
const LEAVES: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];
const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

/// The definition itself, as the text of RFC 6962 gives it.
fn defined(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [one] => *one,
        more => {
            let middle = usize::try_from(split(more.len() as u64)).expect("small");
            node_hash(&defined(&more[..middle]), &defined(&more[middle..]))
        }
    }
}

fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|i| leaf_hash(&i.to_be_bytes())).collect()
}

/// A tree with whatever it keeps.
fn grown(leaves: &[Hash]) -> (Frontier, BTreeMap<Subtree, Hash>) {
    let (mut frontier, mut kept) = (Frontier::default(), BTreeMap::new());
    for leaf in leaves {
        frontier.push(*leaf, |subtree, hash| {
            kept.insert(subtree, hash);
        });
    }
    (frontier, kept)
}

/// A proof from nothing but the kept nodes.
fn proof(path: &[Range<u64>], kept: &BTreeMap<Subtree, Hash>) -> Vec<Hash> {
    let fetch = |subtree: Subtree| {
        let (level, positions) = subtree.kept();
        let row: Vec<Hash> = positions.map(|position| kept[&Subtree { level, position }]).collect();
        (subtree, subtree_hash(&row).expect("a power of two"))
    };
    let hashes = path.iter().cloned().flat_map(subtrees).map(fetch).collect();
    path.iter().cloned().map(|range| step_hash(range, &hashes).expect("fetched")).collect()
}

#[test]
fn the_known_roots_come_out() {
    assert_eq!(Frontier::default().root(), unhex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    let mut frontier = Frontier::default();
    for (leaf, root) in LEAVES.iter().zip(ROOTS) {
        frontier.push(leaf_hash(leaf), |_, _| {});
        assert_eq!(frontier.root(), unhex(root));
        assert_eq!(Frontier::from_bytes(frontier.size(), &frontier.to_bytes()), Some(frontier.clone()));
    }
    assert_eq!(Frontier::from_bytes(8, &[0; 64]), None);
}

#[test]
fn every_proof_of_small_trees_holds_and_no_other_does() {
    for size in 1..=40_u64 {
        let leaves = leaves(size);
        let (frontier, kept) = grown(&leaves);
        assert_eq!(frontier.root(), defined(&leaves));
        for index in 0..size {
            let own = proof(&inclusion(index, size), &kept);
            let leaf = leaves[usize::try_from(index).expect("small")];
            assert!(is_included(leaf, index, size, &own, &frontier.root()));
            assert!(!is_included(leaf_hash(b"other"), index, size, &own, &frontier.root()));
            assert!(!is_included(leaf, index + 1, size, &own, &frontier.root()));
        }
        for old in 0..=size {
            let was = defined(&leaves[..usize::try_from(old).expect("small")]);
            let own = proof(&consistency(old, size), &kept);
            assert!(is_consistent(old, &was, size, &frontier.root(), &own), "{old} of {size}");
            if old > 0 {
                assert!(!is_consistent(old, &leaf_hash(b"other"), size, &frontier.root(), &own), "{old} of {size}");
                assert!(!is_consistent(old, &was, size, &leaf_hash(b"other"), &own), "{old} of {size}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Trees over several kept levels, against the definition and against an independent verifier.
    #[test]
    fn large_trees_agree_with_the_definition(size in 1_u64..70_000, at in any::<prop::sample::Index>(), old in any::<prop::sample::Index>()) {
        let leaves = leaves(size);
        let (frontier, kept) = grown(&leaves);
        let (index, old) = (at.index(leaves.len()), old.index(leaves.len()) + 1);
        let root = frontier.root();
        prop_assert_eq!(root, defined(&leaves));
        let shown = proof(&inclusion(index as u64, size), &kept);
        prop_assert!(is_included(leaves[index], index as u64, size, &shown, &root));
        let shown = proof(&consistency(old as u64, size), &kept);
        prop_assert!(is_consistent(old as u64, &defined(&leaves[..old]), size, &root, &shown));
    }
}
