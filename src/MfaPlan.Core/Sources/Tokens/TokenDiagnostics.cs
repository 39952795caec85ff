using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Sources.Tokens;

/// <summary>
/// Problems in files with token seeds: codes MFP5120 to MFP5149. Like <see cref="SourceDiagnostics"/>, none repeats
/// anything that stands in the file.
/// </summary>
public static class TokenDiagnostics
{
    /// <summary>A seed is not written in the encoding that its file demands.</summary>
    public static readonly DiagnosticDescriptor SeedText = new("MFP5120", Severity.Error, "Seed cannot be read");

    /// <summary>A line or entry is not in the form that its file demands.</summary>
    public static readonly DiagnosticDescriptor TokenForm =
        new("MFP5121", Severity.Error, "Token entry cannot be read");

    /// <summary>The file is no well-formed, plain XML.</summary>
    public static readonly DiagnosticDescriptor Xml = new("MFP5122", Severity.Error, "XML cannot be read");

    /// <summary>The file is well-formed and yet no key container.</summary>
    public static readonly DiagnosticDescriptor NotPskc = new("MFP5123", Severity.Error, "Not a PSKC file");

    /// <summary>The file is encrypted and no key was given.</summary>
    public static readonly DiagnosticDescriptor KeyMissing =
        new("MFP5124", Severity.Error, "Key for the seeds is missing");

    /// <summary>The key does not open the file.</summary>
    public static readonly DiagnosticDescriptor KeyWrong = new("MFP5125", Severity.Error, "Key does not fit");

    /// <summary>The file uses a cryptographic method that is not supported.</summary>
    public static readonly DiagnosticDescriptor CryptoUnknown =
        new("MFP5126", Severity.Error, "Encryption is not supported");

    /// <summary>An encrypted seed has no authentication code that could prove it.</summary>
    public static readonly DiagnosticDescriptor MacMissing =
        new("MFP5127", Severity.Error, "Seed is not authenticated");

    /// <summary>Entries that hold a PIN were passed over.</summary>
    public static readonly DiagnosticDescriptor PinsIgnored = new("MFP5128", Severity.Info, "PINs are not taken over");

    /// <summary>Parts of an export are missing.</summary>
    public static readonly DiagnosticDescriptor BatchIncomplete =
        new("MFP5129", Severity.Warning, "Export is incomplete");

    /// <summary>The source does not name a property, and a value was assumed.</summary>
    public static readonly DiagnosticDescriptor Assumed = new("MFP5130", Severity.Info, "Value was assumed");

    /// <summary>The owners file names serial numbers for which there is no seed.</summary>
    public static readonly DiagnosticDescriptor OwnersWithoutSeed =
        new("MFP5131", Severity.Warning, "Owners without a seed");

    /// <summary>Tokens of which nobody knows the holder.</summary>
    public static readonly DiagnosticDescriptor WithoutOwner =
        new("MFP5132", Severity.Warning, "Tokens without an owner");

    /// <summary>All of them, in order of code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        SeedText, TokenForm, Xml, NotPskc, KeyMissing, KeyWrong, CryptoUnknown, MacMissing, PinsIgnored, BatchIncomplete, Assumed, OwnersWithoutSeed,
        WithoutOwner,
    ];

    /// <summary>Reports <see cref="SeedText"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="row">The line.</param>
    /// <param name="encoding">The encoding that is expected, in words.</param>
    public static Diagnostic SeedTextAt(string path, long row, string encoding) =>
        SourceDiagnostics.OfRow(SeedText, path, row,
            $"The seed of this entry is not {encoding}. A common cause is a hexadecimal seed where Base32 is "
            + "expected, or the other way round. Correct the entry, or say which encoding the file has.");

    /// <summary>Reports <see cref="TokenForm"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="row">The line.</param>
    /// <param name="what">What is wrong, as a clause without data from the file.</param>
    public static Diagnostic TokenFormAt(string path, long row, string what) =>
        SourceDiagnostics.OfRow(TokenForm, path, row,
            $"The entry cannot be read: {what}. Correct it, or export the file again.");

    /// <summary>Reports <see cref="Xml"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="row">The line where the reader stopped.</param>
    public static Diagnostic XmlAt(string path, long row) =>
        SourceDiagnostics.OfRow(Xml, path, row,
            "The file is not well-formed XML here, or is larger or deeper than a seed file ever is, or declares a "
            + "document type or entities, which are refused for safety. Ask the vendor for a plain PSKC file (RFC "
            + "6030).");

    /// <summary>Reports <see cref="NotPskc"/>.</summary>
    public static Diagnostic NotPskcAt(string path) =>
        SourceDiagnostics.OfFile(NotPskc, path,
            "The file is XML and holds no KeyPackage of RFC 6030. Files of the drafts before the RFC are not read: "
            + "ask the vendor for a PSKC file after RFC 6030, or for CSV.");

    /// <summary>Reports <see cref="KeyMissing"/>.</summary>
    public static Diagnostic KeyMissingAt(string path) =>
        SourceDiagnostics.OfFile(KeyMissing, path,
            "The seeds in the file are encrypted and the plan gives no key. Name the environment variable that "
            + "holds the pre-shared key (hexadecimal or Base64) or the password.");

    /// <summary>Reports <see cref="KeyWrong"/>.</summary>
    public static Diagnostic KeyWrongAt(string path, long row) =>
        SourceDiagnostics.OfRow(KeyWrong, path, row,
            "The authentication code of this entry does not match, so the key is not the one the file was made "
            + "with, or the entry was altered. Nothing is taken from it. Check the key with whoever sent the file.");

    /// <summary>Reports <see cref="CryptoUnknown"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="row">The line.</param>
    /// <param name="part">The part of the file that names the method or parameter.</param>
    public static Diagnostic CryptoUnknownAt(string path, long row, string part) =>
        SourceDiagnostics.OfRow(CryptoUnknown, path, row,
            $"The {part} is missing, out of bounds, or names a method that is not supported. Supported are AES-CBC, "
            + "Triple DES-CBC and AES key wrap, HMAC with SHA-1, SHA-256 or SHA-512, and PBKDF2. Ask the vendor for "
            + "such a file.");

    /// <summary>Reports <see cref="MacMissing"/>.</summary>
    public static Diagnostic MacMissingAt(string path, long row) =>
        SourceDiagnostics.OfRow(MacMissing, path, row,
            "The seed is encrypted in a way that does not show a wrong key, and the entry carries no ValueMAC. A "
            + "wrong seed would make a token whose codes never fit, so it is not used. Ask the vendor for a file "
            + "with MACMethod and ValueMAC.");

    /// <summary>Reports <see cref="PinsIgnored"/>.</summary>
    public static Diagnostic PinsIgnoredAt(string path, int count) =>
        SourceDiagnostics.OfFile(PinsIgnored, path,
            $"{Counted.Of(count, "entry holds", "entries hold")} a PIN for a token. Entra keeps no PIN for a token, so "
            + "none is taken over.");

    /// <summary>Reports <see cref="BatchIncomplete"/>.</summary>
    public static Diagnostic BatchIncompleteAt(string path, long row, int found, int expected) =>
        SourceDiagnostics.OfRow(BatchIncomplete, path, row,
            $"The export that starts here has {Counted.Of(expected, "part")} and "
            + $"{Counted.Of(found, "of them is", "of them are")} in the file. Accounts in the others are missing. Scan "
            + "the remaining codes and add a line for each.");

    /// <summary>Reports <see cref="Assumed"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What was assumed and why, as a sentence.</param>
    public static Diagnostic AssumedAt(string path, string what) => SourceDiagnostics.OfFile(Assumed, path, what);

    /// <summary>Reports <see cref="OwnersWithoutSeed"/>.</summary>
    public static Diagnostic OwnersWithoutSeedAt(string path, int count) =>
        SourceDiagnostics.OfFile(OwnersWithoutSeed, path,
            $"{Counted.Of(count, "serial number of this file has", "serial numbers of this file have")} no seed in the token file. The "
            + "holder must register again, unless another seed file has the seed.");

    /// <summary>Reports <see cref="WithoutOwner"/>.</summary>
    public static Diagnostic WithoutOwnerAt(string path, int count) =>
        SourceDiagnostics.OfFile(WithoutOwner, path,
            $"{Counted.Of(count, "token of this file has no owner and is", "tokens of this file have no owner and are")} not brought over. Name a "
            + "CSV file with serial,username under owners beside the token file.");
}
