//! The tables, by hand. A test compares this picture with both migration sets.
//!
//! Instants (`…_at`, `at`) are microseconds since the Unix epoch, UTC.

diesel::table! {
    audit_entry (seq) {
        seq -> BigInt,
        leaf -> Binary,
        nonce -> Binary,
        record -> Binary,
        id -> Text,
        at -> BigInt,
        kind -> Text,
        actor -> Text,
        store -> Nullable<Text>,
        requester_kind -> Nullable<Text>,
        agency -> Nullable<Text>,
        purpose -> Nullable<Text>,
        outcome -> Nullable<Text>,
    }
}
diesel::table! {
    audit_node (level, idx) {
        level -> BigInt,
        idx -> BigInt,
        hash -> Binary,
    }
}
diesel::table! {
    audit_batch (first_seq) {
        first_seq -> BigInt,
        size_after -> BigInt,
        root -> Binary,
        frontier -> Binary,
        instance -> Text,
        at -> BigInt,
    }
}
diesel::table! {
    audit_checkpoint (size) {
        size -> BigInt,
        note -> Text,
        at -> BigInt,
    }
}
diesel::table! {
    audit_cosignature (size, name) {
        size -> BigInt,
        name -> Text,
        line -> Text,
    }
}
diesel::table! {
    audit_resident (seq) {
        seq -> BigInt,
        salt -> Binary,
        resident_index -> Binary,
        sealed -> Binary,
    }
}
diesel::table! {
    search_column (name, first) {
        name -> Text,
        first -> BigInt,
        words -> Text,
        marks -> Binary,
    }
}
diesel::table! {
    log_verification (seq) {
        seq -> BigInt,
        actor -> Text,
        began_at -> BigInt,
        ended_at -> BigInt,
        fault -> Nullable<Text>,
        entries -> Nullable<BigInt>,
        root -> Nullable<Binary>,
        batches -> Nullable<BigInt>,
        checkpoints -> Nullable<BigInt>,
        anchored -> Nullable<BigInt>,
        tallied -> Nullable<BigInt>,
    }
}
diesel::table! {
    state (id) {
        id -> BigInt,
        revision -> BigInt,
        master_key -> Nullable<Text>,
        log_key -> Nullable<Text>,
        policy -> Nullable<Text>,
    }
}
diesel::table! {
    policy (sha256) {
        sha256 -> Text,
        id -> Text,
        source -> Text,
        first_used_at -> BigInt,
    }
}
diesel::table! {
    record_store (id) {
        id -> Text,
        name -> Text,
        department -> Text,
        description -> Text,
        sha256 -> Text,
        imported_at -> BigInt,
    }
}
diesel::table! {
    catalog_field (store, normalised) {
        store -> Text,
        normalised -> Text,
        position -> BigInt,
        name -> Text,
        class -> Nullable<Text>,
        alias_of -> Nullable<Text>,
        reviewed_by -> Nullable<Text>,
        review_reason -> Nullable<Text>,
        note -> Nullable<Text>,
    }
}
diesel::table! {
    unknown_field (store, field) {
        store -> Text,
        field -> Text,
        first_at -> BigInt,
        last_at -> BigInt,
        asked -> BigInt,
    }
}
diesel::table! {
    class_proposal (id) {
        id -> Text,
        store -> Text,
        field -> Text,
        name -> Text,
        is_new -> Bool,
        class_before -> Text,
        class_after -> Text,
        reason -> Text,
        proposed_by -> Text,
        proposed_at -> BigInt,
        status -> Text,
        settled_by -> Nullable<Text>,
        settled_at -> Nullable<BigInt>,
        settled_reason -> Nullable<Text>,
    }
}
diesel::table! {
    client (id) {
        id -> Text,
        name -> Text,
        secret_hash -> Text,
        is_enabled -> Bool,
        created_at -> BigInt,
        tokens_not_before -> BigInt,
        certified_by -> Text,
        certified_at -> BigInt,
        last_token_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    client_store (client, store) {
        client -> Text,
        store -> Text,
    }
}
diesel::table! {
    client_requester_kind (client, requester_kind) {
        client -> Text,
        requester_kind -> Text,
    }
}
diesel::table! {
    legal_basis (id) {
        id -> Text,
        kind -> Text,
        instrument -> Nullable<Text>,
        status -> Text,
        registrar -> Text,
        registered_at -> BigInt,
        verifier -> Nullable<Text>,
        verified_at -> Nullable<BigInt>,
        ended_at -> Nullable<BigInt>,
        valid_from -> BigInt,
        valid_until -> Nullable<BigInt>,
        max_uses -> Nullable<BigInt>,
        uses -> BigInt,
        is_standing -> Bool,
        requester_agency -> Nullable<Text>,
        court -> Nullable<Text>,
        docket -> Nullable<Text>,
        citation -> Nullable<Text>,
        issued_at -> Nullable<BigInt>,
        review_by -> Nullable<BigInt>,
        review_due_at -> Nullable<BigInt>,
        reviewed_at -> Nullable<BigInt>,
        review_outcome -> Nullable<Text>,
        supersedes -> Nullable<Text>,
        sealed_paper -> Nullable<Binary>,
    }
}
diesel::table! {
    legal_basis_scope (basis, dimension, value) {
        basis -> Text,
        dimension -> Text,
        value -> Text,
    }
}
diesel::table! {
    legal_basis_resident (basis, store, resident_index) {
        basis -> Text,
        store -> Text,
        resident_index -> Binary,
        sealed -> Binary,
    }
}
diesel::table! {
    confidential_resident (resident_index) {
        resident_index -> Binary,
        store -> Text,
        sealed -> Binary,
        flagged_at -> BigInt,
        flagged_by -> Text,
        ended_by -> Nullable<Text>,
        ended_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    idempotency (client, key, item) {
        client -> Text,
        key -> Text,
        item -> BigInt,
        body -> Binary,
        seq -> BigInt,
        expires_at -> BigInt,
    }
}
diesel::table! {
    staff (id) {
        id -> Text,
        username -> Text,
        name -> Text,
        status -> Text,
        created_at -> BigInt,
        password_hash -> Nullable<Text>,
        password_changed_at -> Nullable<BigInt>,
        sealed_totp -> Nullable<Binary>,
        totp_step -> BigInt,
        last_sign_in_at -> Nullable<BigInt>,
        certified_by -> Text,
        certified_at -> BigInt,
        switched_by -> Nullable<Text>,
        switched_at -> Nullable<BigInt>,
        switch_reason -> Nullable<Text>,
    }
}
diesel::table! {
    staff_role (staff, role) {
        staff -> Text,
        role -> Text,
    }
}
diesel::table! {
    staff_recovery_code (staff, code_hash) {
        staff -> Text,
        code_hash -> Binary,
        used_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    one_time_link (token_hash) {
        token_hash -> Binary,
        kind -> Text,
        staff -> Nullable<Text>,
        sealed_totp -> Binary,
        created_by -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    session (id) {
        id -> Text,
        token_hash -> Binary,
        staff -> Text,
        address -> Text,
        created_at -> BigInt,
        seen_at -> BigInt,
        expires_at -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    sign_in_guard (guarded) {
        guarded -> Binary,
        failures -> BigInt,
        last_at -> BigInt,
        locked_until -> BigInt,
    }
}
diesel::table! {
    legal_basis_check (basis, round, check_id) {
        basis -> Text,
        round -> BigInt,
        check_id -> Text,
        severity -> Text,
        outcome -> Text,
        judged_by -> Text,
        answered_by -> Text,
        answered_at -> BigInt,
        sealed_note -> Nullable<Binary>,
    }
}
diesel::table! {
    legal_basis_step (basis, number) {
        basis -> Text,
        number -> BigInt,
        kind -> Text,
        actor -> Text,
        at -> BigInt,
        sealed_note -> Nullable<Binary>,
    }
}
diesel::table! {
    legal_document (basis) {
        basis -> Text,
        upload -> Text,
        media_type -> Text,
        bytes -> BigInt,
        pages -> BigInt,
        is_active -> Bool,
        sha256 -> Binary,
        parts -> BigInt,
        stored_by -> Text,
        stored_at -> BigInt,
        erased_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    legal_document_part (upload, number) {
        upload -> Text,
        number -> BigInt,
        sealed -> Binary,
    }
}
diesel::table! {
    legal_upload (id) {
        id -> Text,
        begun_at -> BigInt,
    }
}
diesel::table! {
    violation (id) {
        id -> Text,
        basis -> Text,
        opened_by -> Text,
        opened_at -> BigInt,
        sealed_note -> Nullable<Binary>,
        closed_by -> Nullable<Text>,
        closed_at -> Nullable<BigInt>,
        sealed_outcome -> Nullable<Binary>,
    }
}
diesel::table! {
    referral (kind, seq) {
        kind -> Text,
        seq -> BigInt,
        closed_by -> Nullable<Text>,
        closed_at -> Nullable<BigInt>,
        outcome -> Nullable<Text>,
        sealed_note -> Nullable<Binary>,
    }
}
diesel::table! {
    retention_hold (id) {
        id -> Text,
        store -> Nullable<Text>,
        basis -> Nullable<Text>,
        sealed_reason -> Binary,
        placed_by -> Text,
        placed_at -> BigInt,
        released_by -> Nullable<Text>,
        released_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    submitted_form (id) {
        id -> Text,
        at -> BigInt,
    }
}
diesel::table! {
    basis_draft (id) {
        id -> Text,
        registrar -> Text,
        begun_at -> BigInt,
        saved_at -> BigInt,
        revision -> BigInt,
        sealed_form -> Binary,
    }
}
diesel::table! {
    basis_draft_document (draft) {
        draft -> Text,
        upload -> Text,
        media_type -> Text,
        bytes -> BigInt,
        pages -> BigInt,
        is_active -> Bool,
        sha256 -> Binary,
        parts -> BigInt,
        stored_at -> BigInt,
    }
}
diesel::table! {
    legal_basis_use (basis, seq) {
        basis -> Text,
        seq -> BigInt,
    }
}
diesel::allow_tables_to_appear_in_same_query!(audit_entry, audit_resident, referral);
diesel::allow_tables_to_appear_in_same_query!(legal_basis, legal_document);
diesel::table! {
    tally (day, counted, key) {
        counted -> Text,
        key -> Text,
        day -> BigInt,
        count -> BigInt,
    }
}
diesel::table! {
    tally_size (id) {
        id -> BigInt,
        size -> BigInt,
    }
}
diesel::allow_tables_to_appear_in_same_query!(legal_document, legal_document_part);
diesel::allow_tables_to_appear_in_same_query!(basis_draft_document, legal_document_part);
diesel::allow_tables_to_appear_in_same_query!(audit_entry, legal_basis_use);
diesel::allow_tables_to_appear_in_same_query!(legal_basis, legal_basis_resident);
diesel::allow_tables_to_appear_in_same_query!(legal_basis, legal_basis_scope);
