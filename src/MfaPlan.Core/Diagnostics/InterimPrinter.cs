#pragma warning disable
using System.Collections.Immutable;
namespace MfaPlan.Core.Diagnostics;
public static class DiagnosticPrinter { public static string Print(ImmutableArray<Diagnostic> d,string f)=>string.Concat(d.Select(x=>x.Location+": "+x.Descriptor.Code+": "+x.Message+"\n")); }
