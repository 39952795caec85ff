namespace MfaPlan.Cli;

/// <summary>What the process says to whoever called it.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int ChangesPending = 2;
    public const int PlanInvalid = 3;
    public const int Incomplete = 4;
    public const int Refused = 5;
    public const int Locked = 6;
    public const int WrongUsage = 64;
    public const int Cancelled = 130;

    /// <summary>The table of the help texts.</summary>
    public const string Help = """
        Exit codes:
          0    done
          1    failed
          2    changes pending (--detailed-exitcode), or drift (verify)
          3    the plan is invalid
          4    incomplete: a change ended refused, drifted, unconfirmed or blocked, a limit of the sitting was reached, or something is unknown or open (assess, notices): run again
          5    refused by a guard, a limit, an approval or drift, before the first write
          6    locked by another run
          64   wrong usage
          130  cancelled
        """;
}
