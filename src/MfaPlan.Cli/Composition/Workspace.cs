using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Cli.Composition;

/// <summary>A valid plan with its state: what nearly every command starts from.</summary>
/// <param name="Loaded">The plan.</param>
/// <param name="State">Its state.</param>
internal sealed record Workspace(LoadedPlan Loaded, IStateStore State)
{
    /// <summary>Reads the plan and opens its state; in the sandbox both state and key are made where they are missing.</summary>
    /// <param name="host">The world.</param>
    /// <param name="path">The plan file.</param>
    /// <param name="sandbox">Whether the tenant is simulated.</param>
    public static Workspace Open(CliHost host, string path, bool sandbox)
    {
        var loaded = Load(host, path);
        var state = States.Open(host, loaded, sandbox);
        return new Workspace(loaded, state);
    }

    /// <summary>Reads the plan; problems go to the error stream, and errors end the command.</summary>
    public static LoadedPlan Load(CliHost host, string path)
    {
        var (loaded, read) = LoadedPlan.Read(host, path);
        if (!read.Diagnostics.IsEmpty)
        {
            host.Error.Write(DiagnosticPrinter.Print(read.Diagnostics, "text"));
        }

        return loaded ?? throw new CommandFailedException(
            ExitCodes.PlanInvalid, "MFP5002", $"The plan {PlainText.Of(path)} is not valid; nothing was done.");
    }
}
