import { isAtLeast, type CapturePlan } from '../capture-plan.ts';
import { powerShellLiteral } from '../quoting/powershell.ts';
import {
  oldPktmonWords,
  sessionName,
  startSteps,
  type CaptureStep,
  type CmdletParameter,
  type ProgramWord,
} from './capture-steps.ts';
import { lines } from './script-lines.ts';

/**
 * The functions of a script that differ from tool to tool: `Assert-Tool`, `Get-RunningCapture` (the file that a capture of this
 * tool writes, or nothing), `Start-Tool` and `Stop-Tool`.
 */
export function toolFunctions(plan: CapturePlan): string[] {
  if (plan.tool === 'netsh') return netshFunctions(plan);
  return plan.tool === 'pktmon' ? pktmonFunctions(plan) : sessionFunctions(plan);
}

const programFunction = lines`
  # Runs a program, shows what it says, and takes a code other than 0 for a failure.
  function Invoke-Program {
      param([string] $Program, [string[]] $Words)
      $ErrorActionPreference = 'Continue'
      Write-Host "> $Program $Words"
      & $Program @Words 2>&1 | ForEach-Object { Write-Host "  $_" }
      if ($LASTEXITCODE -ne 0) { throw "$Program ended with code $LASTEXITCODE. What it said stands above." }
  }

  # What a program says. Windows PowerShell takes a word on its error output for a failure, which it is not.
  function Read-Program {
      param([string] $Program, [string[]] $Words)
      $ErrorActionPreference = 'Continue'
      & $Program @Words 2>&1 | Out-String
  }

  # The trace file that the program says it writes, whatever the language it says it in.
  function Find-TraceFile {
      param([string] $Program, [string[]] $Words)
      $said = Read-Program -Program $Program -Words $Words
      if ($said -match '(?im)([a-z]:\\[^\r\n"]*\.etl)') { $Matches[1] }
  }
`;

function netshFunctions(plan: CapturePlan): string[] {
  return lines`
    ${programFunction}

    function Assert-Tool {
        if (-not (Get-Command -Name 'netsh.exe' -ErrorAction SilentlyContinue)) { throw 'This Windows has no netsh.' }
    }

    function Get-RunningCapture {
        Find-TraceFile -Program 'netsh.exe' -Words 'trace', 'show', 'status'
    }

    function Start-Tool {
        $words = @(
            ${wordLines(programWords(startSteps(plan)))}
        )
        Invoke-Program -Program 'netsh.exe' -Words $words
    }

    function Stop-Tool {
        ${plan.netshReport ? 'Write-Host "netsh makes its report now, which takes minutes."' : []}
        Invoke-Program -Program 'netsh.exe' -Words 'trace', 'stop'
    }
  `;
}

function pktmonFunctions(plan: CapturePlan): string[] {
  return lines`
    ${programFunction}

    function Assert-Tool {
        if (-not (Get-Command -Name 'pktmon.exe' -ErrorAction SilentlyContinue)) {
            throw 'This Windows has no pktmon, which came with Windows 10 1809 and Server 2019.'
        }
    }

    function Get-RunningCapture {
        Find-TraceFile -Program 'pktmon.exe' -Words 'status'
    }

    function Start-Tool {
        # Filters of an earlier capture stay in force until they are removed, and would hide packets.
        Invoke-Program -Program 'pktmon.exe' -Words 'filter', 'remove'
        $words = @(
            ${wordLines(programWords(startSteps(plan)))}
        )
        ${isAtLeast(plan.windows, '21H2') ? [] : olderPktmon(plan)}
        Invoke-Program -Program 'pktmon.exe' -Words $words
    }

    function Stop-Tool {
        Invoke-Program -Program 'pktmon.exe' -Words 'stop'
    }
  `;
}

function olderPktmon(plan: CapturePlan): string[] {
  return lines`
    # Early builds have other words for the same, and take no other providers.
    $help = Read-Program -Program 'pktmon.exe' -Words 'start', 'help'
    if ($help -notmatch '--capture') {
        Write-Warning 'This pktmon captures packets only: events of other providers will be missing.'
        $words = @(
            ${wordLines(oldPktmonWords(plan))}
        )
    }
  `;
}

function sessionFunctions(plan: CapturePlan): string[] {
  return lines`
    function Assert-Tool {
        if (-not (Get-Module -ListAvailable -Name NetEventPacketCapture)) {
            throw 'This Windows has no module NetEventPacketCapture, which came with Windows 8.1 and Server 2012 R2.'
        }
    }

    function Get-RunningCapture {
        Get-NetEventSession | Where-Object { [string] $_.SessionStatus -eq 'Running' } | ForEach-Object { $_.LocalFilePath }
    }

    function Start-Tool {
        # What an earlier run left behind.
        Get-NetEventSession | Where-Object { $_.Name -eq '${sessionName}' } | Remove-NetEventSession
        $other = @(Get-NetEventSession)
        if ($other.Count -gt 0) {
            throw "Windows has one session of this kind at a time, and there is '$($other[0].Name)' already. Remove-NetEventSession takes it away."
        }
        try {
            ${startSteps(plan).map(scriptCommand)}
        } catch {
            Get-NetEventSession | Where-Object { $_.Name -eq '${sessionName}' } | Remove-NetEventSession
            throw
        }
    }

    function Stop-Tool {
        Stop-NetEventSession -Name '${sessionName}'
        Remove-NetEventSession -Name '${sessionName}'
    }
  `;
}

function scriptCommand(step: CaptureStep): string {
  if (step.kind === 'program') throw new Error('A session is made by cmdlets alone.');
  const output = step.name.startsWith('Start-') ? '' : ' | Out-Null';
  return [step.name, ...step.parameters.map(scriptParameter)].join(' ') + output;
}

function scriptParameter({ name, value, as }: CmdletParameter): string {
  if (as === 'path') return `-${name} $traceFile`;
  return `-${name} ${as === 'bare' ? value : powerShellLiteral(value)}`;
}

function programWords(steps: readonly CaptureStep[]): readonly ProgramWord[] {
  return steps.flatMap((step) => (step.kind === 'program' ? step.words : []));
}

/** One word a line; the path is the one that the script has filled in. */
function wordLines(words: readonly ProgramWord[]): string[] {
  return words.map(({ name = '', value, as }) =>
    as === 'path' ? `"${name}$traceFile"` : powerShellLiteral(name + value),
  );
}
