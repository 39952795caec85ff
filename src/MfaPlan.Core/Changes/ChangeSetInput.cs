namespace MfaPlan.Core.Changes;

/// <summary>
/// Something that the change set was judged by: a file, the scope, a tenant object, the input of a guard. It is read again before the first
/// write; if it moved, the run is refused and the input is named.
/// </summary>
/// <param name="Name">For people, for example <c>scope</c> or <c>file export/users.csv</c>.</param>
/// <param name="Fingerprint">SHA-256 (hex) of its canonical form; no personal data.</param>
/// <param name="Count">How many things it holds, to say what moved; 1 for a single object.</param>
public sealed record ChangeSetInput(string Name, string Fingerprint, long Count);
