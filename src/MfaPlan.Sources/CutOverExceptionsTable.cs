using System.Collections.Immutable;
using MfaPlan.Core.CutOvers;

namespace MfaPlan.Sources;

/// <summary>The rows of a file of exceptions.</summary>
/// <param name="Exceptions">In order of row; those that could not be read are left out, and accept nobody.</param>
/// <param name="Sha256">The hash of the file's bytes, in lower-case hex.</param>
public sealed record CutOverExceptionsTable(ImmutableArray<AcceptedUser> Exceptions, string Sha256);
